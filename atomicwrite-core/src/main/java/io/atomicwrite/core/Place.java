package io.atomicwrite.core;

import java.nio.file.Path;

import io.atomicwrite.fs.Directory;
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

	boolean hasContent() {
		return this.existing != null && this.existing.isRegular();
	}

}
