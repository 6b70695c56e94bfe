package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * The guarantees of a directory, as far as they follow from its mount and filesystem.
 * Nothing was written or tried. Immutable.
 *
 * @param path the existing directory that was inspected
 * @param filesystem its filesystem
 * @param guarantees the level of each guarantee, with the reason
 * @param capabilities the capabilities of the filesystem
 */
public record GuaranteeReport(Path path, Filesystem filesystem, Map<Guarantee, Assessment> guarantees,
		Set<Capability> capabilities) {

	/**
	 * Creates a report.
	 * @param path the directory
	 * @param filesystem its filesystem
	 * @param guarantees an assessment of every guarantee
	 * @param capabilities the capabilities of the filesystem
	 */
	public GuaranteeReport {
		guarantees = Collections.unmodifiableMap(new EnumMap<>(guarantees));
		Set<Capability> copy = EnumSet.noneOf(Capability.class);
		copy.addAll(capabilities);
		capabilities = Collections.unmodifiableSet(copy);
	}

	/**
	 * Returns the level of a guarantee.
	 * @param guarantee the guarantee
	 * @return its level
	 */
	public GuaranteeLevel level(Guarantee guarantee) {
		return assessment(guarantee).level();
	}

	/**
	 * Returns the level of a guarantee with its reason.
	 * @param guarantee the guarantee
	 * @return its assessment
	 */
	public Assessment assessment(Guarantee guarantee) {
		Assessment assessment = this.guarantees.get(guarantee);
		return (assessment != null) ? assessment : new Assessment(GuaranteeLevel.UNSUPPORTED, "not assessed");
	}

}
