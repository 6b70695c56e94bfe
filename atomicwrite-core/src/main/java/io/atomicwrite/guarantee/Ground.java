package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;

/**
 * The guarantees and capabilities of a mount. They are the same for all its directories.
 *
 * @param filesystem the filesystem
 * @param guarantees the level of each guarantee
 * @param capabilities the capabilities
 * @param stacked whether something lies beneath, which can change while the mount stays
 */
record Ground(Filesystem filesystem, Map<Guarantee, Assessment> guarantees, Set<Capability> capabilities,
		boolean stacked) {

	GuaranteeReport reportOn(Path directory) {
		return new GuaranteeReport(directory, this.filesystem, this.guarantees, this.capabilities);
	}

}
