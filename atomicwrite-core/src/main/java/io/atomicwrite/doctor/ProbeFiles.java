package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;

/**
 * Creates the files of a diagnosis, and keeps track of them so that all can be deleted.
 */
final class ProbeFiles {

	private static final int PRIVATE = 0600;

	private final FileOps files;

	private final Directory directory;

	private final String prefix;

	private final Set<String> created = new LinkedHashSet<>();

	ProbeFiles(FileOps files, Directory directory, long token) {
		this.files = files;
		this.directory = directory;
		this.prefix = ArtifactNames.probe(token);
	}

	FileOps ops() {
		return this.files;
	}

	Directory directory() {
		return this.directory;
	}

	/**
	 * Returns the name of a probe file, which {@link #deleteAll} deletes if it exists.
	 */
	String name(String purpose) {
		String name = this.prefix + "." + purpose;
		this.created.add(name);
		return name;
	}

	Path path(String name) {
		return this.directory.path(name);
	}

	String create(String purpose, byte[] content) throws IOException {
		String name = name(purpose);
		try (FileHandle handle = this.directory.createExclusive(name, PRIVATE)) {
			handle.write(ByteBuffer.wrap(content));
		}
		return name;
	}

	byte[] read(String name) throws IOException {
		try (InputStream in = this.directory.openRead(name)) {
			return in.readAllBytes();
		}
	}

	/**
	 * Deletes every file.
	 * @return the files that could not be deleted
	 */
	Set<Path> deleteAll() {
		Set<Path> left = new LinkedHashSet<>();
		for (String name : this.created) {
			try {
				if (this.directory.kind(name) != null) {
					this.directory.delete(name);
				}
			}
			catch (IOException ex) {
				left.add(path(name));
			}
		}
		return left;
	}

}
