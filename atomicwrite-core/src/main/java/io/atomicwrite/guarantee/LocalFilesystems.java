package io.atomicwrite.guarantee;

import java.util.List;

import io.atomicwrite.Capability;

import static io.atomicwrite.Capability.DIRECTORY_SYNC;
import static io.atomicwrite.Capability.NO_CLOBBER;
import static io.atomicwrite.Capability.POSIX_METADATA;
import static io.atomicwrite.Capability.USER_ATTRIBUTES;
import static io.atomicwrite.GuaranteeLevel.BEST_EFFORT;
import static io.atomicwrite.GuaranteeLevel.GUARANTEED;
import static io.atomicwrite.GuaranteeLevel.NON_TARGET;
import static io.atomicwrite.GuaranteeLevel.UNSUPPORTED;
import static io.atomicwrite.guarantee.Evidence.DOCUMENTED;
import static io.atomicwrite.guarantee.Evidence.MEASURED;
import static io.atomicwrite.guarantee.Evidence.MOUNTED;
import static io.atomicwrite.guarantee.Evidence.UNTESTED;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_POSIX_PERSISTENT;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_POSIX_VOLATILE;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_WINDOWS;
import static io.atomicwrite.guarantee.FilesystemClass.READ_ONLY;

/**
 * The rows for local filesystems.
 */
final class LocalFilesystems {

	static final String RENAME = "the kernel replaces a name in one step";

	static final String LOCKS = "the kernel keeps record locks between the processes of this host";

	static final String DIGEST = "a digest in a sidecar or an attribute reveals a changed byte";

	private static final String SIDECAR_ONLY = "with a sidecar only";

	private static final String NOT_TRIED = "every step is performed, but the project has not tested this type";

	private static final Capability[] FAT_LACKS = { NO_CLOBBER, DIRECTORY_SYNC, POSIX_METADATA, USER_ATTRIBUTES };

	private LocalFilesystems() {
	}

	static List<FilesystemProfile> rows() {
		return List.of(journaling(), f2fs(), withoutJournal(), nilfs(), jfs(), exfat(), fat(), memory(),
				memoryWithoutAttributes(), apple(), others(), windows(), readOnly(), readOnlyToo());
	}

	private static FilesystemProfile journaling() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "ext4", "ext3", "xfs", "btrfs")
			.visibility(GUARANTEED, RENAME)
			.durability(GUARANTEED, "the sync of the file and that of the directory reach the journal and the disk")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(GUARANTEED, DIGEST)
			.shownBy(MOUNTED, "rename(2), fsync(2), fcntl(2); simulated power cuts on Linux 6.18: 0 of 1,800 (ext4), "
					+ "0 of 450 (xfs), 0 of 700 (btrfs) lost an acknowledged write");
	}

	private static FilesystemProfile f2fs() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "f2fs")
			.visibility(GUARANTEED, RENAME)
			.durability(GUARANTEED, "both syncs survived simulated power cuts on Linux 6.1")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(GUARANTEED, DIGEST)
			.shownBy(MEASURED, "what one fsync persists, on Linux 6.1");
	}

	private static FilesystemProfile withoutJournal() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "ext2")
			.visibility(GUARANTEED, RENAME)
			.durability(BEST_EFFORT, "it has no journal: after a crash, run fsck before relying on the file")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(BEST_EFFORT, "a crash may lose an attribute, but not a sidecar")
			.shownBy(MOUNTED, "ext2(5); what one fsync persists, on Linux 6.18");
	}

	private static FilesystemProfile nilfs() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "nilfs2")
			.visibility(GUARANTEED, RENAME)
			.durability(BEST_EFFORT, "syncing the directory persisted a rename; syncing only the file did not")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(BEST_EFFORT, SIDECAR_ONLY)
			.without(USER_ATTRIBUTES)
			.shownBy(MEASURED, "what one fsync persists, on Linux 6.1");
	}

	private static FilesystemProfile jfs() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "jfs")
			.all(BEST_EFFORT, NOT_TRIED)
			.durability(NON_TARGET, "synced files were missing after simulated power cuts")
			.shownBy(MEASURED, "simulated power cuts on Linux 6.1, inconclusive");
	}

	private static FilesystemProfile exfat() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "exfat")
			.visibility(BEST_EFFORT, "a rename is atomic for running processes, but there is no journal")
			.durability(BEST_EFFORT, "survived simulated power cuts, but there is no journal")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(BEST_EFFORT, SIDECAR_ONLY)
			.without(FAT_LACKS)
			.shownBy(MEASURED, "what one fsync persists, on Linux 6.1");
	}

	private static FilesystemProfile fat() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "vfat", "msdos")
			.visibility(BEST_EFFORT, "a rename is atomic for running processes, but there is no journal")
			.durability(NON_TARGET, "a power cut after the rename left the target empty or unreadable")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(BEST_EFFORT, SIDECAR_ONLY)
			.without(FAT_LACKS)
			.shownBy(MEASURED, "what one fsync persists, on Linux 6.1");
	}

	private static FilesystemProfile memory() {
		return FilesystemProfile.of(LOCAL_POSIX_VOLATILE, "tmpfs")
			.visibility(GUARANTEED, RENAME)
			.durability(UNSUPPORTED, "in memory: content survives a process, not a reboot")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(GUARANTEED, DIGEST)
			.shownBy(MOUNTED, "tmpfs(5): every sync succeeds, yet the unmount loses everything");
	}

	private static FilesystemProfile memoryWithoutAttributes() {
		return FilesystemProfile.of(LOCAL_POSIX_VOLATILE, "ramfs")
			.visibility(GUARANTEED, RENAME)
			.durability(UNSUPPORTED, "in memory: content survives a process, not a reboot")
			.exclusion(GUARANTEED, LOCKS)
			.integrity(BEST_EFFORT, SIDECAR_ONLY)
			.without(USER_ATTRIBUTES)
			.shownBy(MOUNTED, "kernel documentation, ramfs; its probe");
	}

	private static FilesystemProfile apple() {
		return FilesystemProfile.of(LOCAL_POSIX_PERSISTENT, "apfs", "hfs")
			.visibility(BEST_EFFORT, "documented to replace a name in one step")
			.durability(BEST_EFFORT, "a sync is F_FULLFSYNC, which is documented to reach the disk")
			.exclusion(BEST_EFFORT, "record locks are documented")
			.integrity(BEST_EFFORT, DIGEST)
			.shownBy(DOCUMENTED, "rename(2) and fcntl(2) of macOS; not tested on a Mac");
	}

	private static FilesystemProfile others() {
		return FilesystemProfile
			.of(LOCAL_POSIX_PERSISTENT, "zfs", "bcachefs", "reiserfs", "ubifs", "hfsplus", "ntfs3", "udf", "ufs", "ffs")
			.all(BEST_EFFORT, NOT_TRIED)
			.durability(BEST_EFFORT, "not tested; a setting such as ZFS sync=disabled is not visible from here")
			.shownBy(UNTESTED, "none");
	}

	private static FilesystemProfile windows() {
		return FilesystemProfile.of(LOCAL_WINDOWS, "ntfs", "refs")
			.all(BEST_EFFORT, NOT_TRIED)
			.durability(BEST_EFFORT, "Windows can't sync a directory; the file is synced again instead")
			.without(DIRECTORY_SYNC, POSIX_METADATA)
			.shownBy(DOCUMENTED, "MoveFileEx and FlushFileBuffers; not tested on Windows");
	}

	private static FilesystemProfile readOnly() {
		return FilesystemProfile.of(READ_ONLY, "squashfs", "erofs")
			.all(UNSUPPORTED, "read-only by design")
			.shownBy(MOUNTED, "kernel documentation, squashfs and erofs");
	}

	private static FilesystemProfile readOnlyToo() {
		return FilesystemProfile.of(READ_ONLY, "iso9660", "cramfs", "romfs")
			.all(UNSUPPORTED, "read-only by design")
			.shownBy(DOCUMENTED, "kernel documentation, cramfs and romfs");
	}

}
