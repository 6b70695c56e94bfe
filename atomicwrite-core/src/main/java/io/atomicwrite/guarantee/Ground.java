package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;

/**
 * What a mount can promise, whichever of its directories is asked for.
 *
 * @param filesystem the filesystem
 * @param guarantees the level of each guarantee
 * @param capabilities what can be done there
 */
record Ground(Filesystem filesystem, Map<Guarantee, Assessment> guarantees, Set<Capability> capabilities) {

	GuaranteeReport reportOn(Path directory) {
		return new GuaranteeReport(directory, this.filesystem, this.guarantees, this.capabilities);
	}

}
