package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;

/**
 * Takes the files of a version that is about to be published. Paths are relative to the
 * version, with slashes; missing directories are created. Readers see nothing of it
 * before all is published. For one thread.
 */
public final class VersionWriter {

	private final VersionTree tree;

	private final PreviousVersion previous;

	VersionWriter(VersionTree tree, PreviousVersion previous) {
		this.tree = tree;
		this.previous = previous;
	}

	/**
	 * Adds a file with bytes.
	 * @param path its path in the version
	 * @param content the content
	 * @throws IOException if it can't be written, or the path is taken
	 */
	public void file(String path, byte[] content) throws IOException {
		file(path, (FileContent) (out) -> out.write(content));
	}

	/**
	 * Adds a file.
	 * @param path its path in the version
	 * @param content produces the content
	 * @throws IOException if it can't be produced or written, or the path is taken
	 */
	public void file(String path, FileContent content) throws IOException {
		this.tree.file(path, content);
	}

	/**
	 * Adds a file with the content of another one. From Java 20 on, a file of 64 KiB or
	 * more shares its blocks with the other one if both lie on one btrfs, or on one xfs
	 * that was made with {@code reflink=1}, and takes no space until the other one is
	 * changed.
	 *
	 * <p>
	 * The copy may be read by at most those who may read the source: it has the mode of
	 * the source less the bits to write of group and others, and less those of the group
	 * if that is another one or the source has an access control list.
	 * @param path its path in the version
	 * @param source the other file; a link is followed
	 * @throws IOException if it can't be read or written, or the path is taken
	 */
	public void copy(String path, Path source) throws IOException {
		this.tree.copy(path, source);
	}

	/**
	 * Adds all that is in a directory: files, empty directories, and symbolic links that
	 * lead to something in it. Files and directories may be read as {@link #copy} says.
	 * @param source the directory
	 * @throws IOException if something can't be read or written, is no file, directory or
	 * link, or is a link that leads out of the directory
	 */
	public void tree(Path source) throws IOException {
		try (Directory directory = this.tree.files().openFollowingLinks(source.toAbsolutePath())) {
			tree(directory, "");
		}
	}

	private void tree(Directory directory, String prefix) throws IOException {
		for (String name : directory.names()) {
			FileStat.Kind kind = directory.kind(name);
			String path = prefix + name;
			if (kind == FileStat.Kind.REGULAR) {
				copy(path, directory.path(name));
			}
			else if (kind == FileStat.Kind.LINK) {
				link(path, directory.readLink(name).toString());
			}
			else if (kind == FileStat.Kind.DIRECTORY) {
				this.tree.directory(path, directory.path(name));
				try (Directory below = directory.open(name)) {
					tree(below, path + "/");
				}
			}
			else {
				throw new IOException(
						directory.path(name) + " is no file, directory or symbolic link, and can't be published");
			}
		}
	}

	/**
	 * Adds a directory, which may stay empty.
	 * @param path its path in the version
	 * @throws IOException if it can't be created
	 */
	public void directory(String path) throws IOException {
		this.tree.directory(path);
	}

	/**
	 * Adds a symbolic link.
	 * @param path its path in the version
	 * @param target what it holds: a relative path that does not lead out of the version
	 * @throws IOException if it leads elsewhere, or can't be created
	 */
	public void link(String path, String target) throws IOException {
		this.tree.link(path, target);
	}

	/**
	 * Adds a file that has not changed, as one more name of that in the version that
	 * {@code latest} names. It takes no space; what changes the file in place, which
	 * nothing should, changes it in both versions.
	 * @param path its path in both versions
	 * @return whether that version has such a file; {@code false} adds nothing
	 * @throws IOException if the filesystem has no hard links, or the path is taken
	 */
	public boolean reuse(String path) throws IOException {
		Optional<VersionManifest.Entry> known = this.previous.entry(path);
		if (known.isEmpty()) {
			return false;
		}
		this.tree.reuse(known.get(), this.previous.directory());
		return true;
	}

	/**
	 * Adds a file with the content of another one, as {@link #reuse} does if the version
	 * that {@code latest} names has the same content under that path.
	 * @param path its path in the version
	 * @param source the other file; a link is followed
	 * @throws IOException if it can't be read or written, or the path is taken
	 */
	public void copyOrReuse(String path, Path source) throws IOException {
		Optional<VersionManifest.Entry> known = this.previous.entry(path);
		if (known.isPresent() && known.get().size() == this.tree.files().size(source)) {
			try (InputStream in = this.tree.files().openRead(source)) {
				if (Checksum.of(known.get().checksum().algorithm(), in).equals(known.get().checksum())) {
					this.tree.reuse(known.get(), this.previous.directory());
					return;
				}
			}
		}
		copy(path, source);
	}

}
