package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A name in an open directory, and the file that stood there when it was looked at: for a
 * target under its lease.
 *
 * @param directory the directory
 * @param name the name
 * @param existing the file that has the name, or {@code null} if none has
 */
record Place(Directory directory, String name, @Nullable FileStat existing) {

	Path path() {
		return this.directory.path(this.name);
	}

	FileStat.@Nullable Kind kind() {
		return (this.existing != null) ? this.existing.kind() : null;
	}

	/** Makes the content of the file durable. */
	void syncContent() throws IOException {
		try (FileHandle file = this.directory.openForSync(this.name)) {
			file.sync();
		}
	}

	boolean hasContent() {
		return this.existing != null && this.existing.isRegular();
	}

}
