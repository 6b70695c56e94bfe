package io.atomicwrite.test;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.atomicwrite.guarantee.FilesystemClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Filesystems that are mounted for real, in a directory of the test's choice. Needs root:
 * use {@link RequiresRoot}.
 */
public enum RealFilesystem {

	/** As most machines have it. */
	EXT4("ext4", FilesystemClass.LOCAL_POSIX_PERSISTENT, (fs) -> fs.disk("ext4", "64M", "", "mkfs.ext4", "-q", "-F"),
			"mkfs.ext4"),

	/** Metadata may be written before data. */
	EXT4_WRITEBACK("ext4", FilesystemClass.LOCAL_POSIX_PERSISTENT,
			(fs) -> fs.disk("ext4", "64M", "data=writeback", "mkfs.ext4", "-q", "-F"), "mkfs.ext4"),

	/** The device's cache is never flushed. */
	EXT4_NOBARRIER("ext4", FilesystemClass.LOCAL_POSIX_PERSISTENT,
			(fs) -> fs.disk("ext4", "64M", "nobarrier", "mkfs.ext4", "-q", "-F"), "mkfs.ext4"),

	/** As ext2, under another name. */
	EXT4_NO_JOURNAL("ext4", FilesystemClass.LOCAL_POSIX_PERSISTENT,
			(fs) -> fs.diskWithoutJournal("ext4", "64M", "mkfs.ext4", "-q", "-F", "-O", "^has_journal"), "mkfs.ext4"),

	/** The older one with a journal. */
	EXT3("ext3", FilesystemClass.LOCAL_POSIX_PERSISTENT, (fs) -> fs.disk("ext3", "64M", "", "mkfs.ext3", "-q", "-F"),
			"mkfs.ext3"),

	/** Without a journal. */
	EXT2("ext2", FilesystemClass.LOCAL_POSIX_PERSISTENT,
			(fs) -> fs.diskWithoutJournal("ext2", "64M", "mkfs.ext2", "-q", "-F"), "mkfs.ext2"),

	/** 300 MiB is the least that it takes. */
	XFS("xfs", FilesystemClass.LOCAL_POSIX_PERSISTENT, (fs) -> fs.disk("xfs", "300M", "", "mkfs.xfs", "-q"),
			"mkfs.xfs"),

	/** Copies on write. */
	BTRFS("btrfs", FilesystemClass.LOCAL_POSIX_PERSISTENT, (fs) -> fs.disk("btrfs", "128M", "", "mkfs.btrfs", "-q"),
			"mkfs.btrfs"),

	/** In memory. */
	TMPFS("tmpfs", FilesystemClass.LOCAL_POSIX_VOLATILE,
			(fs) -> fs.mount("tmp", "mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", MountedFilesystem.HERE)),

	/** In memory, without a limit. */
	RAMFS("ramfs", FilesystemClass.LOCAL_POSIX_VOLATILE,
			(fs) -> fs.mount("ram", "mount", "-t", "ramfs", "ramfs", MountedFilesystem.HERE)),

	/** Layers of the kernel. */
	OVERLAY_ON_EXT4("overlay", FilesystemClass.OVERLAY, EXT4, (fs) -> fs.overlay("")),

	/** Layers of the kernel. */
	OVERLAY_ON_XFS("overlay", FilesystemClass.OVERLAY, XFS, (fs) -> fs.overlay("")),

	/** Layers of the kernel. */
	OVERLAY_ON_BTRFS("overlay", FilesystemClass.OVERLAY, BTRFS, (fs) -> fs.overlay("")),

	/** Layers of the kernel, in memory. */
	OVERLAY_ON_TMPFS("overlay", FilesystemClass.OVERLAY, TMPFS, (fs) -> fs.overlay("")),

	/** Syncs nothing and says that it did. */
	OVERLAY_VOLATILE("overlay", FilesystemClass.OVERLAY, EXT4, (fs) -> fs.overlay("volatile,")),

	/** A directory under a second name. */
	BIND("ext4", FilesystemClass.LOCAL_POSIX_PERSISTENT, EXT4,
			(fs) -> fs.over("bound", "mount", "--bind", MountedFilesystem.BELOW, MountedFilesystem.HERE)),

	/** A directory under a second name, through which it can't be written. */
	READ_ONLY_BIND("ext4", FilesystemClass.READ_ONLY, EXT4,
			(fs) -> fs.over("bound", "mount", "-o", "bind,ro", MountedFilesystem.BELOW, MountedFilesystem.HERE)),

	/** Passes on to a directory. */
	BINDFS("fuse", FilesystemClass.FUSE, EXT4,
			(fs) -> fs.over("bound", "bindfs", MountedFilesystem.BELOW, MountedFilesystem.HERE), "bindfs"),

	/** Layers of a process. */
	FUSE_OVERLAYFS("fuse.fuse-overlayfs", FilesystemClass.FUSE, EXT4, MountedFilesystem::fuseOverlay, "fuse-overlayfs"),

	/** Its server is a process of this machine. */
	SSHFS("fuse.sshfs", FilesystemClass.NETWORK, EXT4, MountedFilesystem::sshfs, "sshfs",
			MountedFilesystem.SFTP_SERVER),

	/** That of a process, not of the kernel. */
	NTFS_3G("fuse", FilesystemClass.FUSE, MountedFilesystem::ntfs, "mkntfs", "ntfs-3g"),

	/** Can't be written at all. */
	SQUASHFS("squashfs", FilesystemClass.READ_ONLY,
			(fs) -> fs.readOnlyImage("squashfs", "mksquashfs", MountedFilesystem.BELOW, MountedFilesystem.IMAGE,
					"-quiet", "-no-progress"),
			"mksquashfs"),

	/** Can't be written at all. */
	EROFS("erofs", FilesystemClass.READ_ONLY,
			(fs) -> fs.readOnlyImage("erofs", "mkfs.erofs", MountedFilesystem.IMAGE, MountedFilesystem.BELOW),
			"mkfs.erofs");

	private final String type;

	private final FilesystemClass kind;

	private final @Nullable RealFilesystem lower;

	private final Consumer<MountedFilesystem> recipe;

	private final List<String> commands;

	RealFilesystem(String type, FilesystemClass kind, Consumer<MountedFilesystem> recipe, String... commands) {
		this(type, kind, null, recipe, commands);
	}

	RealFilesystem(String type, FilesystemClass kind, @Nullable RealFilesystem lower,
			Consumer<MountedFilesystem> recipe, String... commands) {
		this.type = type;
		this.kind = kind;
		this.lower = lower;
		this.recipe = recipe;
		Stream<String> ofLower = (lower != null) ? lower.commands().stream() : Stream.empty();
		this.commands = Stream.concat(ofLower, Stream.of(commands)).toList();
	}

	/**
	 * Returns the type that the mount table shows.
	 * @return the type
	 */
	public String type() {
		return this.type;
	}

	/**
	 * Returns the class to which it belongs.
	 * @return the class
	 */
	public FilesystemClass kind() {
		return this.kind;
	}

	/**
	 * Returns the commands that it needs.
	 * @return the commands, by name or by absolute path
	 */
	public List<String> commands() {
		return this.commands;
	}

	/**
	 * Makes and mounts it, empty. Aborts the test, and prints so, if a command is
	 * missing.
	 * @param directory an existing directory, in which images and mount points are put
	 * @return the mounted filesystem
	 */
	public MountedFilesystem mount(Path directory) {
		List<String> missing = RequiresCommand.Condition.missing(this.commands);
		if (!missing.isEmpty()) {
			String reason = RequiresCommand.Condition.reason(missing);
			NotRun.report(reason, "tests on " + this);
			Assumptions.abort(reason);
		}
		MountedFilesystem mounted = new MountedFilesystem(directory);
		try {
			build(mounted);
			return mounted;
		}
		catch (Throwable ex) {
			mounted.close();
			throw ex;
		}
	}

	private void build(MountedFilesystem mounted) {
		if (this.lower != null) {
			this.lower.build(mounted);
		}
		this.recipe.accept(mounted);
	}

}
