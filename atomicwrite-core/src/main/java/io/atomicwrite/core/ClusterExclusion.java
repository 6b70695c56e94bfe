package io.atomicwrite.core;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;

/**
 * Assesses how far the writers of several hosts exclude each other: it takes a store that
 * grants a lock to one at a time whatever fails, and a filesystem on which a rename and
 * the deletion of its source by another client are known never both to succeed.
 */
final class ClusterExclusion {

	/**
	 * Those that a lane of {@code evidence/hosts/run} shows: stress, gluster, moosefs and
	 * nfs.
	 */
	private static final Set<String> SHOWN = Set.of("ext4", "fuse.glusterfs", "fuse.mfs", "nfs4 with vers=4.1");

	private ClusterExclusion() {
	}

	static Assessment assess(Filesystem filesystem, boolean linearizable) {
		if (!linearizable) {
			return new Assessment(GuaranteeLevel.BEST_EFFORT,
					"the lock store may grant a lock to two at once when one of its servers fails over");
		}
		String tried = name(filesystem);
		if (!SHOWN.contains(tried.toLowerCase(Locale.ROOT))) {
			return new Assessment(GuaranteeLevel.BEST_EFFORT,
					"that a writer that has lost its lease can't commit was not tried on " + tried);
		}
		return new Assessment(GuaranteeLevel.GUARANTEED,
				"the lock store excludes the writers of all hosts, and who has lost its lease can't commit");
	}

	/**
	 * Returns the type, and those options of a mount of NFS that matter: its version, and
	 * {@code nocto}, with which a client may read what was replaced a while ago.
	 */
	private static String name(Filesystem filesystem) {
		if (filesystem.kind() != FilesystemClass.NETWORK) {
			return filesystem.type();
		}
		String options = filesystem.options()
			.stream()
			.filter((option) -> option.startsWith("vers=") || option.equals("nocto"))
			.sorted(Comparator.reverseOrder())
			.collect(Collectors.joining(","));
		return options.isEmpty() ? filesystem.type() : filesystem.type() + " with " + options;
	}

}
