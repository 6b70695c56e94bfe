package io.atomicwrite.guarantee;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import static io.atomicwrite.Capability.ATOMIC_WRITE;
import static io.atomicwrite.Capability.DIRECTORY_SYNC;
import static io.atomicwrite.Capability.NO_CLOBBER;
import static io.atomicwrite.Capability.POSIX_METADATA;
import static io.atomicwrite.Capability.USER_ATTRIBUTES;
import static io.atomicwrite.Guarantee.ATOMIC_VISIBILITY;
import static io.atomicwrite.Guarantee.CRASH_DURABILITY;
import static io.atomicwrite.Guarantee.WRITER_EXCLUSION;
import static io.atomicwrite.GuaranteeLevel.BEST_EFFORT;
import static io.atomicwrite.GuaranteeLevel.GUARANTEED;
import static io.atomicwrite.GuaranteeLevel.NON_TARGET;
import static io.atomicwrite.GuaranteeLevel.UNSUPPORTED;
import static io.atomicwrite.guarantee.FilesystemClass.FUSE;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_POSIX_PERSISTENT;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_POSIX_VOLATILE;
import static io.atomicwrite.guarantee.FilesystemClass.LOCAL_WINDOWS;
import static io.atomicwrite.guarantee.FilesystemClass.NETWORK;
import static io.atomicwrite.guarantee.FilesystemClass.OVERLAY;
import static io.atomicwrite.guarantee.FilesystemClass.READ_ONLY;
import static io.atomicwrite.guarantee.FilesystemClass.UNKNOWN;

/**
 * What is known of each type of filesystem. A first version: what the reasons call
 * measured was measured on Linux 6.18; the rest follows the documentation of the
 * filesystem, or is unknown and says so.
 */
final class FilesystemMatrix {

	private static final String RENAME = "the kernel replaces a name in one step (rename(2))";

	private static final String LOCKS = "the kernel keeps record locks between the processes of this host (fcntl(2))";

	private static final Map<String, FilesystemProfile> ROWS = new HashMap<>();

	private static final FilesystemProfile UNKNOWN_TYPE = new FilesystemProfile(UNKNOWN, BEST_EFFORT,
			"this type of filesystem is not known: everything is done, nothing was measured")
		.without(DIRECTORY_SYNC);

	private static final FilesystemProfile UNKNOWN_FUSE = new FilesystemProfile(FUSE, BEST_EFFORT,
			"a filesystem served by a process passes on what its author chose to pass on")
		.without(DIRECTORY_SYNC);

	static {
		addLocalFilesystems();
		addLayeredFilesystems();
		addNetworkFilesystems();
		addTheRest();
	}

	private FilesystemMatrix() {
	}

	private static void addLocalFilesystems() {
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, GUARANTEED, RENAME)
			.with(CRASH_DURABILITY, GUARANTEED, "simulated power cuts lost no acknowledged write")
			.with(WRITER_EXCLUSION, GUARANTEED, LOCKS), "ext4", "ext3", "xfs", "btrfs", "f2fs");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, GUARANTEED, "documented by its vendor; not tested by us"),
				"apfs", "hfs");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, GUARANTEED, RENAME)
			.with(CRASH_DURABILITY, BEST_EFFORT, "without a journal a crash may need a repair by fsck first")
			.with(WRITER_EXCLUSION, GUARANTEED, LOCKS), "ext2", "nilfs2");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, BEST_EFFORT, "not measured"), "zfs", "bcachefs", "ufs");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, BEST_EFFORT, "not measured").with(CRASH_DURABILITY,
				NON_TARGET, "synced files were missing after simulated power cuts"), "jfs");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, BEST_EFFORT, "rename is atomic; no journal")
			.with(WRITER_EXCLUSION, GUARANTEED, LOCKS)
			.without(NO_CLOBBER, DIRECTORY_SYNC, POSIX_METADATA, USER_ATTRIBUTES), "exfat");
		row(new FilesystemProfile(LOCAL_POSIX_PERSISTENT, BEST_EFFORT, "rename is atomic for running processes")
			.with(WRITER_EXCLUSION, GUARANTEED, LOCKS)
			.with(CRASH_DURABILITY, NON_TARGET, "a power cut after a synced rename left an unreadable target")
			.without(NO_CLOBBER, DIRECTORY_SYNC, POSIX_METADATA, USER_ATTRIBUTES), "vfat", "msdos");
		row(new FilesystemProfile(LOCAL_POSIX_VOLATILE, GUARANTEED, RENAME)
			.with(CRASH_DURABILITY, UNSUPPORTED, "lives in memory: survives a process, not a reboot")
			.with(WRITER_EXCLUSION, GUARANTEED, LOCKS), "tmpfs", "ramfs");
	}

	private static void addLayeredFilesystems() {
		row(new FilesystemProfile(OVERLAY, GUARANTEED, "the kernel passes rename and locks on to the upper layer").with(
				CRASH_DURABILITY, BEST_EFFORT, "syncs reach the upper layer, whose filesystem can't be seen from here"),
				"overlay");
		row(new FilesystemProfile(FUSE, GUARANTEED, "passes rename, locks and both syncs on to the upper layer").with(
				CRASH_DURABILITY, BEST_EFFORT, "syncs reach the upper layer, whose filesystem can't be seen from here"),
				"fuse.fuse-overlayfs");
		row(new FilesystemProfile(FUSE, BEST_EFFORT, "a pass-through that may ignore the sync of a directory")
			.without(DIRECTORY_SYNC), "fuse", "fuse.bindfs", "fuseblk");
	}

	private static void addNetworkFilesystems() {
		String remote = "the server decides, and another client may see it late";
		row(new FilesystemProfile(NETWORK, BEST_EFFORT, remote), "nfs", "nfs4", "9p", "virtiofs", "ceph", "lustre",
				"gpfs", "glusterfs", "fuse.glusterfs", "afs", "ocfs2", "gfs2", "vboxsf", "fuse.sshfs");
		row(new FilesystemProfile(NETWORK, BEST_EFFORT, remote)
			.with(ATOMIC_VISIBILITY, NON_TARGET, "replacing a file that a reader has open makes it vanish")
			.without(POSIX_METADATA), "cifs", "smb3", "smbfs");
		row(new FilesystemProfile(NETWORK, NON_TARGET, "an object store: rename is copy and delete")
			.without(ATOMIC_WRITE, NO_CLOBBER), "fuse.s3fs", "fuse.blobfuse", "fuse.blobfuse2", "fuse.rclone",
				"fuse.goofys");
		row(new FilesystemProfile(NETWORK, BEST_EFFORT, "an object store: written at close or sync")
			.with(ATOMIC_VISIBILITY, NON_TARGET, "rename is one step only in recent versions")
			.with(WRITER_EXCLUSION, NON_TARGET, "locks are not carried")
			.without(NO_CLOBBER), "fuse.gcsfuse");
	}

	private static void addTheRest() {
		row(new FilesystemProfile(LOCAL_WINDOWS, BEST_EFFORT, "not tested by us; directories can't be synced"), "ntfs",
				"refs");
		row(new FilesystemProfile(READ_ONLY, UNSUPPORTED, "can't be written"), "squashfs", "erofs", "iso9660", "cramfs",
				"romfs");
		row(new FilesystemProfile(UNKNOWN, UNSUPPORTED, "a pseudo filesystem: its files are an interface of the kernel")
			.without(ATOMIC_WRITE), "proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs",
				"securityfs", "configfs", "fusectl", "mqueue", "pstore", "bpf", "hugetlbfs", "binfmt_misc",
				"rpc_pipefs", "nsfs", "autofs", "efivarfs");
	}

	private static void row(FilesystemProfile profile, String... types) {
		for (String type : types) {
			ROWS.put(type, profile);
		}
	}

	static FilesystemProfile of(String type) {
		String key = type.toLowerCase(Locale.ROOT);
		FilesystemProfile known = ROWS.get(key);
		if (known != null) {
			return known;
		}
		return key.startsWith("fuse") ? UNKNOWN_FUSE : UNKNOWN_TYPE;
	}

}
