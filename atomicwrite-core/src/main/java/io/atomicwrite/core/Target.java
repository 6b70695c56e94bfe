package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A target after resolution.
 *
 * @param path the file that is replaced or created
 * @param directory its directory, canonical
 * @param name its last name
 * @param lockKey the path whose lock it has: the one file that all names lead to
 * @param kind what is there, or {@code null} if nothing is
 * @param existing the same in full, once the lease is held
 * @param ground the nearest existing directory
 * @param missing the directories to create, outermost first
 */
record Target(Path path, Path directory, String name, Path lockKey, FileStat.@Nullable Kind kind,
		@Nullable FileStat existing, Path ground, List<Path> missing) {

	Target(Path path, Path directory, String name, Path lockKey, FileStat.@Nullable Kind kind, Path ground,
			List<Path> missing) {
		this(path, directory, name, lockKey, kind, null, ground, missing);
	}

	boolean isLink() {
		return this.kind == FileStat.Kind.LINK;
	}

	Target with(@Nullable FileStat stat) {
		return new Target(this.path, this.directory, this.name, this.lockKey, (stat != null) ? stat.kind() : null, stat,
				this.ground, this.missing);
	}

}
