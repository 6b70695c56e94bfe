package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * The levels that certain directories require of every write in them, in addition to
 * those of its options. Asked before each write, by several threads at once: it must not
 * touch any file.
 */
@FunctionalInterface
public interface DirectoryRequirements {

	/** No directory requires anything. */
	DirectoryRequirements NONE = (target) -> Map.of();

	/**
	 * Returns what is required of a write.
	 * @param target the target, absolute and with the links of its directories resolved
	 * @return the levels; none if its directory requires nothing
	 */
	Map<Guarantee, GuaranteeLevel> levels(Path target);

}
