package io.atomicwrite.guarantee;

import java.util.List;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.Mount;

/**
 * The mount options that take something away from a filesystem.
 */
final class MountOptions {

	private static final List<Downgrade> DOWNGRADES = List.of(
			new Downgrade("nobarrier", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("barrier=0", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("fsync_mode=nobarrier", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("volatile", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("fsync=volatile", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("nostrictsync", Guarantee.CRASH_DURABILITY, GuaranteeLevel.NON_TARGET),
			new Downgrade("nolock", Guarantee.WRITER_EXCLUSION, GuaranteeLevel.NON_TARGET),
			new Downgrade("local_lock=all", Guarantee.WRITER_EXCLUSION, GuaranteeLevel.NON_TARGET),
			new Downgrade("local_lock=posix", Guarantee.WRITER_EXCLUSION, GuaranteeLevel.NON_TARGET),
			new Downgrade("nobrl", Guarantee.WRITER_EXCLUSION, GuaranteeLevel.NON_TARGET));

	private MountOptions() {
	}

	static boolean readOnly(Mount mount) {
		// emergency_ro: what ext4 shows after an error has made it read-only
		return mount.hasOption("ro") || mount.hasOption("emergency_ro");
	}

	static void apply(Mount mount, Map<Guarantee, Assessment> guarantees) {
		for (Downgrade downgrade : DOWNGRADES) {
			if (mount.hasOption(downgrade.option)) {
				guarantees.computeIfPresent(downgrade.guarantee, (guarantee, assessment) -> assessment
					.atMost(downgrade.level, "mounted with the option " + downgrade.option));
			}
		}
	}

	private record Downgrade(String option, Guarantee guarantee, GuaranteeLevel level) {
	}

}
