package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A target after resolution: a name in a directory. Where the directory does not exist
 * yet, the nearest one above it is open, and the names from there are known.
 *
 * @param request what was resolved
 * @param path the file that is replaced or created, without links
 * @param ground the nearest existing directory, open
 * @param missing the names of the directories to create, outermost first
 * @param name its last name
 * @param lockKey the path whose lock it has: the one file that all names lead to
 * @param kind what is there, or {@code null} if nothing is
 * @param looked the first look in full, where no lease will make a second one necessary
 */
record Target(Request request, Path path, Directory ground, List<String> missing, String name, Path lockKey,
		FileStat.@Nullable Kind kind, Optional<Place> looked) {

	boolean isLink() {
		return this.kind == FileStat.Kind.LINK;
	}

	/**
	 * What is to be resolved.
	 *
	 * @param raw the path as the caller named it
	 * @param symlinks what happens to a link at its last name
	 * @param createDirectories whether its directories may be missing
	 * @param leased whether a lease will be acquired, and the target be looked at again
	 * @param pointer whether a link at the last name is replaced and has a lease of its
	 * own, as nothing is ever written through it
	 * @param directory whether a directory may stand there
	 */
	record Request(Path raw, SymlinkPolicy symlinks, boolean createDirectories, boolean leased, boolean pointer,
			boolean directory) {

		Request(Path raw, SymlinkPolicy symlinks, boolean createDirectories, boolean leased) {
			this(raw, symlinks, createDirectories, leased, false, false);
		}

		static Request of(Path raw, WriteOptions options) {
			return new Request(raw, options.symlinks(), options.createDirectories(), !options.lock().isNone());
		}

		static Request ofPointer(Path raw, WriteOptions options, boolean directory) {
			return new Request(raw, SymlinkPolicy.REPLACE, options.createDirectories(), !options.lock().isNone(), true,
					directory);
		}

	}

}
