package io.atomicwrite.guarantee;

import java.util.List;

import static io.atomicwrite.Capability.ATOMIC_WRITE;
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
import static io.atomicwrite.guarantee.FilesystemClass.FUSE;
import static io.atomicwrite.guarantee.FilesystemClass.NETWORK;
import static io.atomicwrite.guarantee.FilesystemClass.OVERLAY;
import static io.atomicwrite.guarantee.FilesystemClass.UNKNOWN;

/**
 * The rows for stacked, user-space and network filesystems, and for pseudo filesystems.
 */
final class OtherFilesystems {

	static final FilesystemProfile UNKNOWN_TYPE = FilesystemProfile.of(UNKNOWN, "any other type")
		.all(BEST_EFFORT, "unknown filesystem type: every step is performed, but nothing was tested")
		.without(DIRECTORY_SYNC)
		.shownBy(UNTESTED, "none");

	static final FilesystemProfile UNKNOWN_FUSE = FilesystemProfile.of(FUSE, "any other fuse.*")
		.all(BEST_EFFORT, "a user-space filesystem passes on only the calls that its author chose")
		.without(DIRECTORY_SYNC)
		.shownBy(UNTESTED, "none");

	private static final String UPPER_LAYER = "both syncs reach the upper layer, whose filesystem decides";

	private static final String SERVER_DECIDES = "the server decides, and other clients may see a change late";

	private static final String SERVER_LOCKS = "locks reach the server, and two mounts exclude each other";

	private static final String HOST_SYNC = "whether the host syncs its disk was not tested";

	private static final String DESKTOP = "a directory of the host, shared with the virtual machine of Docker Desktop";

	private static final String MISSED = "opening the file during the rename may fail as if it did not exist";

	private OtherFilesystems() {
	}

	static List<FilesystemProfile> rows() {
		return List.of(overlay(), fuseOverlay(), passThrough(), otherPassThrough(), nfs(), smb(), plan9(), virtiofs(),
				sshfs(), fakeOwner(), desktopFuse(), windowsDrive(), gluster(), moose(), cluster(), objectStores(),
				gcsfuse(), pseudo());
	}

	private static FilesystemProfile overlay() {
		return FilesystemProfile.of(OVERLAY, "overlay")
			.visibility(GUARANTEED, "the kernel passes the rename on to the upper layer")
			.durability(GUARANTEED, UPPER_LAYER)
			.exclusion(GUARANTEED, LocalFilesystems.LOCKS)
			.integrity(GUARANTEED, LocalFilesystems.DIGEST)
			.shownBy(MOUNTED, "kernel documentation, overlayfs; power cuts of the upper layer's device");
	}

	private static FilesystemProfile fuseOverlay() {
		return FilesystemProfile.of(FUSE, "fuse.fuse-overlayfs")
			.visibility(GUARANTEED, "passes the rename on to the upper layer")
			.durability(BEST_EFFORT,
					"passes both syncs on to the upper layer, whose filesystem is not visible from here")
			.exclusion(GUARANTEED, LocalFilesystems.LOCKS)
			.integrity(GUARANTEED, LocalFilesystems.DIGEST)
			.shownBy(MOUNTED, "fuse-overlayfs 1.10; power cuts of the upper layer's device");
	}

	private static FilesystemProfile passThrough() {
		return FilesystemProfile.of(FUSE, "fuse")
			.all(BEST_EFFORT, "a pass-through such as bindfs or ntfs-3g: which calls it drops is not visible from here")
			.visibility(NON_TARGET, MISSED)
			.durability(BEST_EFFORT,
					"syncing a directory may have no effect (bindfs): the file is synced again instead")
			.without(DIRECTORY_SYNC)
			.shownBy(MOUNTED, "bindfs 1.14 and ntfs-3g 2022.10 with the doctor's reader probe; power cuts of the disk "
					+ "below bindfs");
	}

	private static FilesystemProfile otherPassThrough() {
		return FilesystemProfile.of(FUSE, "fuseblk", "fuse.bindfs")
			.all(BEST_EFFORT, "which calls it drops is not visible from here")
			.visibility(NON_TARGET, MISSED)
			.durability(BEST_EFFORT, "syncing a directory may have no effect: the file is synced again instead")
			.without(DIRECTORY_SYNC)
			.shownBy(UNTESTED, "the programs of the fuse row, under the names that other systems use");
	}

	private static FilesystemProfile nfs() {
		return FilesystemProfile.of(NETWORK, "nfs", "nfs4")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.visibility(BEST_EFFORT, "a rename may have taken effect although it was reported as failed")
			.durability(BEST_EFFORT,
					"an export with async loses acknowledged data, and no client can detect that option")
			.exclusion(BEST_EFFORT, "locks reach the server; a lock is lost with the connection")
			.shownBy(MEASURED, "rename(2), BUGS; nfs(5); one client and one server on Linux 6.1; NFSv4.1: two "
					+ "clients of one NFS-Ganesha 4.3 under the locks of a store");
	}

	private static FilesystemProfile smb() {
		return FilesystemProfile.of(NETWORK, "cifs", "smb3", "smbfs", "smb2")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.visibility(NON_TARGET, "the target vanished when a reader closed the file that was being replaced")
			.without(POSIX_METADATA)
			.shownBy(MEASURED, "mount.cifs(8); one client and Samba on Linux 6.1");
	}

	private static FilesystemProfile plan9() {
		return FilesystemProfile.of(NETWORK, "9p")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.durability(BEST_EFFORT, HOST_SYNC)
			.exclusion(BEST_EFFORT,
					"locks reach the server, whose own programs may not see them (WSL 2 passes none on "
							+ "to Windows)")
			.shownBy(MEASURED, "a QEMU guest on Linux 6.1; the host's side was not examined; microsoft/WSL#5762");
	}

	private static FilesystemProfile virtiofs() {
		return FilesystemProfile.of(NETWORK, "virtiofs")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.durability(BEST_EFFORT, HOST_SYNC)
			.exclusion(BEST_EFFORT,
					"between the processes of this guest; whether the host passes locks on to others is "
							+ "not visible from here, and virtiofsd does not by default")
			.without(USER_ATTRIBUTES)
			.shownBy(MEASURED, "a QEMU guest on Linux 6.1; the host's side was not examined; "
					+ "kata-containers/kata-containers#3410");
	}

	private static FilesystemProfile fakeOwner() {
		return FilesystemProfile.of(NETWORK, "fakeowner")
			.all(BEST_EFFORT, DESKTOP)
			.durability(BEST_EFFORT, HOST_SYNC)
			.exclusion(NON_TARGET,
					"two processes were given the lock of one file: its layers keep locks apart, and the "
							+ "kernel finds no conflict")
			.without(DIRECTORY_SYNC)
			.shownBy(DOCUMENTED, "docker/for-mac#7004 (Docker Desktop with VirtioFS)");
	}

	private static FilesystemProfile desktopFuse() {
		return FilesystemProfile.of(NETWORK, "fuse.grpcfuse", "grpcfuse", "fuse.osxfs", "osxfs")
			.all(BEST_EFFORT, DESKTOP)
			.visibility(BEST_EFFORT,
					"a reader may go on to see the old content: releases were found to miss changes of " + "the host")
			.durability(BEST_EFFORT, HOST_SYNC)
			.exclusion(BEST_EFFORT,
					"between the containers of one virtual machine; the programs of the host do not " + "take part")
			.without(DIRECTORY_SYNC)
			.shownBy(DOCUMENTED, "docker/for-mac#7274 and #4959 (gRPC FUSE); osxfs is assumed to behave alike");
	}

	private static FilesystemProfile windowsDrive() {
		return FilesystemProfile.of(NETWORK, "drvfs")
			.all(BEST_EFFORT, "a drive of Windows in WSL")
			.visibility(BEST_EFFORT, "a rename is refused while Windows has the file open or it is read-only")
			.durability(BEST_EFFORT, HOST_SYNC)
			.exclusion(BEST_EFFORT, "between the processes of WSL; the programs of Windows do not take part")
			.without(DIRECTORY_SYNC)
			.shownBy(DOCUMENTED, "microsoft/WSL#5019 and #5762");
	}

	private static FilesystemProfile sshfs() {
		return FilesystemProfile.of(NETWORK, "fuse.sshfs")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.visibility(NON_TARGET, "opening the file during the rename may fail with a stale handle")
			.durability(BEST_EFFORT, "syncing a directory has no effect: the file is synced again instead")
			.exclusion(NON_TARGET, "locks are local to the client: two mounts of one share do not exclude each other")
			.without(DIRECTORY_SYNC, USER_ATTRIBUTES)
			.shownBy(MOUNTED,
					"sshfs 3.7 with the doctor's reader probe; two mounts with the overlap check; power cuts of "
							+ "the disk below");
	}

	private static FilesystemProfile gluster() {
		return FilesystemProfile.of(NETWORK, "glusterfs", "fuse.glusterfs")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.exclusion(BEST_EFFORT, SERVER_LOCKS)
			.without(DIRECTORY_SYNC)
			.shownBy(MEASURED, "GlusterFS 10.3: two mounts of a volume of one brick; the servers were not cut off");
	}

	private static FilesystemProfile moose() {
		return FilesystemProfile.of(NETWORK, "fuse.mfs")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.exclusion(BEST_EFFORT, SERVER_LOCKS)
			.without(DIRECTORY_SYNC)
			.shownBy(MEASURED, "MooseFS 3.0.117: two mounts, one chunkserver; the servers were not cut off");
	}

	private static FilesystemProfile cluster() {
		return FilesystemProfile
			.of(NETWORK, "ceph", "fuse.ceph", "lustre", "gpfs", "beegfs", "afs", "ocfs2", "gfs2", "vboxsf",
					"fuse.vmhgfs-fuse", "vmhgfs", "prl_fs")
			.all(BEST_EFFORT, SERVER_DECIDES)
			.without(DIRECTORY_SYNC)
			.shownBy(UNTESTED, "none");
	}

	private static FilesystemProfile objectStores() {
		return FilesystemProfile
			.of(NETWORK, "fuse.s3fs", "fuse.blobfuse", "fuse.blobfuse2", "fuse.rclone", "fuse.goofys",
					"fuse.mountpoint-s3")
			.all(NON_TARGET, "an object store: a rename is a copy and a delete, or fails")
			.without(ATOMIC_WRITE, NO_CLOBBER, DIRECTORY_SYNC)
			.shownBy(DOCUMENTED, "the READMEs of s3fs and blobfuse; the others are assumed to behave alike");
	}

	private static FilesystemProfile gcsfuse() {
		return FilesystemProfile.of(NETWORK, "fuse.gcsfuse")
			.all(BEST_EFFORT, "an object store: an object is uploaded at close or sync")
			.visibility(NON_TARGET, "a rename is atomic since release 3.1, but the release is not visible from here")
			.exclusion(NON_TARGET, "locks are not passed on to the store")
			.without(NO_CLOBBER, DIRECTORY_SYNC)
			.shownBy(DOCUMENTED, "semantics page and release notes of gcsfuse");
	}

	private static FilesystemProfile pseudo() {
		return FilesystemProfile
			.of(UNKNOWN, "proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs",
					"configfs", "fusectl", "mqueue", "pstore", "bpf", "hugetlbfs", "binfmt_misc", "rpc_pipefs", "nsfs",
					"autofs", "efivarfs")
			.all(UNSUPPORTED, "a pseudo filesystem: its files are an interface to the kernel")
			.without(ATOMIC_WRITE)
			.shownBy(DOCUMENTED, "filesystems(5)");
	}

}
