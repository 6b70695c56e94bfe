package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.Mount;

/**
 * Where a directory is: the directory, its mount and the root of that.
 *
 * @param directory the directory
 * @param root the directory at the mount point
 * @param mount the mount
 * @param image the file that a loop device shows, empty for other devices
 */
record MountPlace(DirectoryPrint directory, DirectoryPrint root, Mount mount, String image) {

	/** The source of these is a word that all of them share. */
	private static final Set<String> NAMELESS = Set.of("tmpfs", "ramfs", "overlay", "devtmpfs");

	static MountPlace of(FileOps files, Path path) throws IOException {
		Mount mount = files.mount(files.canonical(path));
		DirectoryPrint directory = DirectoryPrint.of(path);
		DirectoryPrint root = DirectoryPrint.of(mount.point());
		// what one directory shows is so for the filesystem
		boolean recorded = directory.recorded() || root.recorded();
		return new MountPlace(directory.withRecorded(recorded), root.withRecorded(recorded), mount, imageOf(mount));
	}

	/** The number of a loop device says nothing about the image that it shows. */
	private static String imageOf(Mount mount) {
		try {
			return Files.readString(Path.of("/sys/dev/block", mount.device(), "loop/backing_file"));
		}
		catch (IOException | InvalidPathException ex) {
			return "";
		}
	}

	/**
	 * Returns whether another place is on the same filesystem: mounted again it may have
	 * another device, and another filesystem may have its device.
	 */
	boolean isOnSameFilesystem(MountPlace now) {
		if (!this.mount.type().equals(now.mount.type()) || !this.image.equals(now.image)) {
			return false;
		}
		boolean samePoint = this.mount.point().equals(now.mount.point());
		if (this.directory.isOnSameDevice(now.directory)) {
			// the root of a bind mount is another directory of the same filesystem
			return !samePoint || !this.root.isBornApart(now.root);
		}
		return samePoint && this.directory.hasSameInode(now.directory)
				&& (this.directory.isBornTogether(now.directory) || (!this.directory.isBornApart(now.directory)
						&& isNamed() && this.mount.source().equals(now.mount.source())));
	}

	private boolean isNamed() {
		return !NAMELESS.contains(this.mount.type())
				&& (this.mount.source().indexOf('/') >= 0 || this.mount.source().indexOf(':') >= 0);
	}

	boolean isOnRootFilesystem() {
		return this.mount.point().equals(this.mount.point().getRoot());
	}

	/** Describes the filesystem, as for a message. */
	static String text(Mount mount) {
		return mount.type() + " (" + mount.source() + ") mounted at " + mount.point();
	}

}
