package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One or more mounts upon each other, of which the last counts.
 */
public final class MountedFilesystem implements AutoCloseable {

	/** Stands for the mount point in a command. */
	static final String HERE = "{here}";

	/** Stands for the directory below in a command. */
	static final String BELOW = "{below}";

	/** Stands for the image file in a command. */
	static final String IMAGE = "{image}";

	/** What a server of ssh runs for sshfs. */
	static final String SFTP_SERVER = "/usr/lib/openssh/sftp-server";

	private final Path directory;

	private final Deque<Mounted> mounts = new ArrayDeque<>();

	private @Nullable Path point;

	private @Nullable Path diskRoot;

	private @Nullable DiskImage disk;

	private @Nullable Path content;

	private String[] lastCommand = {};

	private Path lastBelow = Path.of("");

	MountedFilesystem(Path directory) {
		this.directory = directory;
	}

	/**
	 * Returns where it is mounted.
	 * @return the mount point
	 */
	public Path point() {
		return required(this.point);
	}

	/**
	 * Returns the image on whose filesystem the content finally lies.
	 * @return the image, or {@code null} if it is in memory or in a form of its own
	 */
	public @Nullable DiskImage disk() {
		return this.disk;
	}

	/**
	 * Returns where a file of this filesystem finally lies on the disk.
	 * @param file a path on or below the mount point
	 * @return its path on the disk, relative to the root of the disk
	 */
	public Path onDisk(Path file) {
		return required(this.diskRoot).relativize(required(this.content)).resolve(point().relativize(file));
	}

	void disk(String type, String size, String options, String... mkfs) {
		disk(new DiskImage(this.directory.resolve("disk.img"), type, true), size, options, mkfs);
	}

	void diskWithoutJournal(String type, String size, String... mkfs) {
		disk(new DiskImage(this.directory.resolve("disk.img"), type, false), size, "", mkfs);
	}

	private void disk(DiskImage image, String size, String options, String... mkfs) {
		Shell.run("truncate", "-s", size, image.file().toString());
		Shell.run(Stream.concat(Stream.of(mkfs), Stream.of(image.file().toString())).toArray(String[]::new));
		this.disk = image;
		this.diskRoot = this.directory.resolve("disk");
		this.content = this.diskRoot;
		mount("disk", "mount", "-t", image.type(), "-o", "loop" + (options.isEmpty() ? "" : "," + options),
				image.file().toString(), HERE);
	}

	/** Mounts at a new directory with that name. */
	void mount(String name, String... command) {
		mountOver(this.directory, create(name), command);
	}

	/**
	 * Mounts it once more, as a second host would mount the same share.
	 * @param name the name of the directory to mount it at
	 * @return the second mount
	 */
	public Mounted again(String name) {
		Path here = create(name);
		return Mounted.by(here, words(this.lastCommand, this.lastBelow, here));
	}

	private void mountOver(Path below, Path here, String... command) {
		this.lastCommand = command;
		this.lastBelow = below;
		String[] words = words(command, below, here);
		this.mounts.push(Mounted.by(here, words));
		this.point = here;
	}

	/** Mounts a directory of the filesystem so far at a new directory with that name. */
	void over(String name, String... command) {
		Path below = createDirectory(point().resolve("below"));
		this.content = below;
		mountOver(below, create(name), command);
	}

	void overlay(String options) {
		overlay("layers", "mount", "-t", "overlay", "overlay", "-o", options);
	}

	void fuseOverlay() {
		overlay("layers", "fuse-overlayfs", "-o", "");
	}

	private void overlay(String name, String... command) {
		Path lower = createDirectory(point().resolve("lower"));
		Path upper = createDirectory(point().resolve("upper"));
		Path work = createDirectory(point().resolve("work"));
		this.content = upper;
		String[] words = java.util.Arrays.copyOf(command, command.length + 1);
		words[command.length - 1] += "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work;
		words[command.length] = HERE;
		mountOver(upper, create(name), words);
	}

	/** The server is started in the place of ssh, which needs no network. */
	void sshfs() {
		Path server = this.directory.resolve("serve");
		try {
			// a descriptor that stays open would keep the reader of the output waiting
			Files.writeString(server, "#!/bin/sh\nexec " + SFTP_SERVER + " 2>/dev/null\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Shell.run("chmod", "+x", server.toString());
		over("remote", "sshfs", "-o", "dir_cache=no,ssh_command=" + server, "here:" + BELOW, HERE);
	}

	void ntfs() {
		Path image = this.directory.resolve("ntfs.img");
		Shell.run("truncate", "-s", "32M", image.toString());
		Shell.run("mkntfs", "-q", "-F", "-f", image.toString());
		mount("ntfs", "ntfs-3g", image.toString(), HERE);
	}

	void readOnlyImage(String type, String... mkfs) {
		Path packed = create("packed");
		Path image = this.directory.resolve("packed.img");
		try {
			Files.writeString(packed.resolve("file"), "packed");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Shell.run(words(mkfs, packed, packed));
		mount("unpacked", "mount", "-t", type, "-o", "loop,ro", image.toString(), HERE);
	}

	private String[] words(String[] command, Path below, Path here) {
		String image = this.directory.resolve("packed.img").toString();
		return Stream.of(command)
			.map((word) -> word.replace(BELOW, below.toString()).replace(HERE, here.toString()).replace(IMAGE, image))
			.toArray(String[]::new);
	}

	private Path create(String name) {
		return createDirectory(this.directory.resolve(name));
	}

	private static Path createDirectory(Path created) {
		try {
			return Files.createDirectories(created);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T> T required(@Nullable T value) {
		if (value == null) {
			throw new IllegalStateException("this filesystem has none");
		}
		return value;
	}

	/** Unmounts whatever is mounted, the last first; a failure ends nothing. */
	@Override
	public void close() {
		RuntimeException failure = null;
		while (!this.mounts.isEmpty()) {
			try {
				this.mounts.pop().close();
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

}
