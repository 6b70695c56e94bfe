package io.atomicwrite.guarantee;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.Mount;

import static io.atomicwrite.Guarantee.CRASH_DURABILITY;
import static io.atomicwrite.Guarantee.WRITER_EXCLUSION;
import static io.atomicwrite.GuaranteeLevel.BEST_EFFORT;
import static io.atomicwrite.GuaranteeLevel.NON_TARGET;

/**
 * The mount options that change the levels of a filesystem's row.
 */
final class MountOptions {

	private static final String NO_FLUSH = "the device's write cache is not flushed, "
			+ "and a power cut lost even data that had been synced";

	private static final String NO_RECOVERY = "what was synced after the last checkpoint is not recovered after a crash";

	private static final String LOCAL_LOCKS = "locks are local to this client and do not exclude other clients";

	private static final List<Effect> EFFECTS = List.of(
			new Effect("nobarrier", Set.of(), CRASH_DURABILITY, NON_TARGET, NO_FLUSH, "ext4(5), measured"),
			new Effect("barrier=0", Set.of(), CRASH_DURABILITY, NON_TARGET, NO_FLUSH, "ext4(5), measured"),
			new Effect("data=writeback", Set.of("ext4", "ext3"), CRASH_DURABILITY, BEST_EFFORT,
					"blocks of a replaced file are reused before the replacement is durable, "
							+ "and a power cut during other writes tore synced files",
					"ext4(5), tests"),
			new Effect("fsync_mode=nobarrier", Set.of("f2fs"), CRASH_DURABILITY, NON_TARGET, NO_FLUSH,
					"kernel documentation, f2fs"),
			new Effect("checkpoint=disable", Set.of("f2fs"), CRASH_DURABILITY, NON_TARGET,
					"a crash takes it back to the moment when checkpoints were disabled", "kernel documentation, f2fs"),
			new Effect("disable_roll_forward", Set.of("f2fs"), CRASH_DURABILITY, NON_TARGET, NO_RECOVERY,
					"kernel documentation, f2fs"),
			new Effect("norecovery", Set.of("f2fs"), CRASH_DURABILITY, NON_TARGET, NO_RECOVERY,
					"kernel documentation, f2fs"),
			new Effect("volatile", Set.of("overlay"), CRASH_DURABILITY, NON_TARGET, "every sync is skipped",
					"kernel documentation, overlayfs; tests"),
			new Effect("fsync=volatile", Set.of("overlay"), CRASH_DURABILITY, NON_TARGET, "every sync is skipped",
					"as Linux 6.18 prints it; tests"),
			new Effect("nostrictsync", Set.of("cifs", "smb3", "smb2", "smbfs"), CRASH_DURABILITY, NON_TARGET,
					"the server is not asked to write to its disk", "mount.cifs(8)"),
			new Effect("nolock", Set.of("nfs", "nfs4"), WRITER_EXCLUSION, NON_TARGET, LOCAL_LOCKS, "nfs(5), measured"),
			new Effect("local_lock=all", Set.of("nfs", "nfs4"), WRITER_EXCLUSION, NON_TARGET, LOCAL_LOCKS,
					"nfs(5), measured"),
			new Effect("local_lock=posix", Set.of("nfs", "nfs4"), WRITER_EXCLUSION, NON_TARGET, LOCAL_LOCKS, "nfs(5)"),
			new Effect("nobrl", Set.of("cifs", "smb3", "smb2", "smbfs"), WRITER_EXCLUSION, NON_TARGET,
					"locks are not sent to the server", "mount.cifs(8)"),
			new Effect("sync", Set.of("vfat", "msdos"), CRASH_DURABILITY, BEST_EFFORT,
					"each change reaches the disk before the call returns, which survived power cuts",
					"mount(8), measured"));

	private MountOptions() {
	}

	static List<Effect> effects() {
		return EFFECTS;
	}

	static boolean readOnly(Mount mount) {
		// emergency_ro: ext4 shows it after an error made the filesystem read-only
		return mount.hasOption("ro") || mount.hasOption("emergency_ro");
	}

	static void apply(Mount mount, Map<Guarantee, Assessment> guarantees) {
		for (Effect effect : EFFECTS) {
			if (effect.concerns(mount)) {
				guarantees.computeIfPresent(effect.guarantee, (guarantee, assessment) -> effect.applyTo(assessment));
			}
		}
	}

	/**
	 * The effect of a mount option.
	 *
	 * @param option the option as the mount table prints it
	 * @param types the filesystem types that have it; empty for all
	 * @param guarantee the guarantee that it changes
	 * @param level the highest level with this option; for {@code sync} the lowest
	 * instead
	 * @param why the reason
	 * @param source where this is documented
	 */
	record Effect(String option, Set<String> types, Guarantee guarantee, GuaranteeLevel level, String why,
			String source) {

		boolean lifts() {
			return this.option.equals("sync");
		}

		private boolean concerns(Mount mount) {
			return isGiven(mount) && (this.types.isEmpty() || this.types.contains(mount.type()));
		}

		/** f2fs prints how much space is unusable: {@code checkpoint=disable:0}. */
		private boolean isGiven(Mount mount) {
			return mount.hasOption(this.option) || this.option.equals("checkpoint=disable")
					&& mount.options().stream().anyMatch((each) -> each.startsWith(this.option + ":"));
		}

		private Assessment applyTo(Assessment found) {
			String reason = "mounted with the option " + this.option + ": " + this.why;
			if (lifts()) {
				return found.level().satisfies(this.level) ? found : new Assessment(this.level, reason);
			}
			return found.atMost(this.level, reason);
		}

	}

}
