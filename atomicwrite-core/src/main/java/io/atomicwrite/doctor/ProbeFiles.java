package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;

/**
 * Creates the files of a diagnosis, and keeps track of them so that all can be deleted.
 */
final class ProbeFiles {

	private static final int PRIVATE = 0600;

	private final FileOps files;

	private final Path directory;

	private final String prefix;

	private final Set<Path> created = new LinkedHashSet<>();

	ProbeFiles(FileOps files, Path directory, long token) {
		this.files = files;
		this.directory = directory;
		this.prefix = ArtifactNames.probe(token);
	}

	FileOps ops() {
		return this.files;
	}

	/**
	 * Returns the path of a probe file, which {@link #deleteAll} deletes if it exists.
	 */
	Path name(String purpose) {
		Path path = this.directory.resolve(this.prefix + "." + purpose);
		this.created.add(path);
		return path;
	}

	Path create(String purpose, byte[] content) throws IOException {
		Path path = name(purpose);
		try (FileHandle handle = this.files.createExclusive(path, PRIVATE)) {
			handle.write(ByteBuffer.wrap(content));
		}
		return path;
	}

	byte[] read(Path path) throws IOException {
		try (InputStream in = this.files.openRead(path)) {
			return in.readAllBytes();
		}
	}

	/**
	 * Deletes every file.
	 * @return the files that could not be deleted
	 */
	Set<Path> deleteAll() {
		Set<Path> left = new LinkedHashSet<>();
		for (Path path : this.created) {
			try {
				if (this.files.kind(path) != null) {
					this.files.delete(path);
				}
			}
			catch (IOException ex) {
				left.add(path);
			}
		}
		return left;
	}

}
