package io.atomicwrite.core;

import java.util.Locale;
import java.util.Set;

import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;

/**
 * Assesses how far the writers of several hosts exclude each other: it takes a store that
 * grants a lock to one at a time whatever fails, and a filesystem on which a rename and
 * the deletion of its source by another client are known never both to succeed.
 */
final class ClusterExclusion {

	/**
	 * Those that a lane of {@code evidence/hosts/run} shows: stress, gluster, moosefs.
	 */
	private static final Set<String> SHOWN = Set.of("ext4", "fuse.glusterfs", "fuse.mfs");

	private ClusterExclusion() {
	}

	static Assessment assess(Filesystem filesystem, boolean linearizable) {
		if (!linearizable) {
			return new Assessment(GuaranteeLevel.BEST_EFFORT,
					"the lock store may grant a lock to two at once when one of its servers fails over");
		}
		if (!SHOWN.contains(filesystem.type().toLowerCase(Locale.ROOT))) {
			return new Assessment(GuaranteeLevel.BEST_EFFORT,
					"that a writer that has lost its lease can't commit was not tried on " + filesystem.type());
		}
		return new Assessment(GuaranteeLevel.GUARANTEED,
				"the lock store excludes the writers of all hosts, and who has lost its lease can't commit");
	}

}
