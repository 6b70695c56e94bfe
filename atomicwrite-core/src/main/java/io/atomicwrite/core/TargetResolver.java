package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Phase 1: finds the file that a raw target means, and refuses what is not written.
 */
final class TargetResolver {

	private final FileOps files;

	private final @Nullable Path baseDirectory;

	TargetResolver(FileOps files, @Nullable Path baseDirectory) {
		this.files = files;
		this.baseDirectory = (baseDirectory != null) ? baseDirectory.toAbsolutePath() : null;
	}

	/**
	 * Makes a raw path absolute, relative ones within the base directory if there is one.
	 */
	Path absolute(Path raw) {
		return (this.baseDirectory != null) ? this.baseDirectory.resolve(raw) : raw.toAbsolutePath();
	}

	/**
	 * Resolves a path to read from: every link followed, and still within the base
	 * directory.
	 */
	Path readable(Path raw) throws IOException {
		Path absolute = absolute(raw);
		if (this.baseDirectory == null) {
			return absolute;
		}
		Path canonical = this.files.canonical(absolute);
		confine(absolute, canonical);
		return canonical;
	}

	Target resolve(Path raw, SymlinkPolicy symlinks, boolean createDirectories) throws IOException {
		Path absolute = absolute(raw);
		Path name = absolute.getFileName();
		Path parent = absolute.getParent();
		if (name == null || parent == null || name.toString().isEmpty() || name.toString().equals(".")
				|| name.toString().equals("..")) {
			throw rejected(absolute, "is a directory; name a file in it");
		}
		try {
			Target target = locate(absolute, parent, name, symlinks, createDirectories);
			confine(absolute, target.path());
			confine(absolute, target.lockKey());
			refuseSpecial(target);
			return target;
		}
		catch (FileSystemLoopException ex) {
			throw rejected(absolute, "its symbolic links lead in a circle; correct them");
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) == IoErrors.Kind.NOT_A_DIRECTORY) {
				throw throughAFile(absolute);
			}
			throw ex;
		}
	}

	private Target locate(Path absolute, Path parent, Path name, SymlinkPolicy symlinks, boolean createDirectories)
			throws IOException {
		Path directory;
		try {
			directory = this.files.canonical(parent);
		}
		catch (NoSuchFileException ex) {
			return locateMissing(absolute, parent, name, createDirectories);
		}
		Path place = directory.resolve(name);
		FileStat.Kind kind = this.files.kind(place);
		if (kind == null) {
			requireDirectory(absolute, directory);
		}
		if (kind != FileStat.Kind.LINK) {
			return new Target(place, directory, name.toString(), place, kind, directory, List.of());
		}
		return locateLink(place, directory, name, symlinks);
	}

	private Target locateLink(Path place, Path directory, Path name, SymlinkPolicy symlinks) throws IOException {
		if (symlinks == SymlinkPolicy.REJECT) {
			throw rejected(place, "is a symbolic link, which the symlink policy refuses; name the file itself");
		}
		CanonicalTarget end;
		try {
			end = CanonicalTarget.of(this.files, place);
		}
		catch (NoSuchFileException ex) {
			throw rejected(place, "is a symbolic link into a directory that does not exist; create that directory");
		}
		if (symlinks == SymlinkPolicy.REPLACE) {
			return new Target(place, directory, name.toString(), end.path(), FileStat.Kind.LINK, directory, List.of());
		}
		Path endDirectory = end.path().getParent();
		Path endName = end.path().getFileName();
		if (endDirectory == null || endName == null) {
			throw rejected(place, "is a symbolic link to a directory; name a file in it");
		}
		return new Target(end.path(), endDirectory, endName.toString(), end.path(), end.kind(), endDirectory,
				List.of());
	}

	private Target locateMissing(Path absolute, Path parent, Path name, boolean createDirectories) throws IOException {
		if (!createDirectories) {
			throw rejected(absolute, "its directory does not exist; create it, or let the write create directories");
		}
		Deque<Path> names = new ArrayDeque<>();
		Path existing = parent;
		Path ground = null;
		while (ground == null) {
			Path last = existing.getFileName();
			Path above = existing.getParent();
			if (last == null || above == null || last.toString().equals("..")) {
				throw rejected(absolute, "leads through a directory that does not exist; correct the path");
			}
			names.push(last);
			existing = above;
			ground = canonicalIfThere(existing);
		}
		requireDirectory(absolute, ground);
		Deque<Path> missing = new ArrayDeque<>();
		Path directory = ground;
		for (Path next : names) {
			directory = directory.resolve(next).normalize();
			missing.add(directory);
		}
		refuseDanglingDirectory(absolute, missing.getFirst());
		Path place = directory.resolve(name);
		return new Target(place, directory, name.toString(), place, null, ground, List.copyOf(missing));
	}

	/** A path through a file is reported as missing by some releases of the JDK. */
	private void requireDirectory(Path absolute, Path directory) throws IOException {
		if (this.files.kind(directory) != FileStat.Kind.DIRECTORY) {
			throw throughAFile(absolute);
		}
	}

	private @Nullable Path canonicalIfThere(Path directory) throws IOException {
		try {
			return this.files.canonical(directory);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private void refuseDanglingDirectory(Path absolute, Path firstMissing) throws IOException {
		if (this.files.kind(firstMissing) != null) {
			throw rejected(absolute,
					"leads through the dangling symbolic link " + firstMissing + "; correct that link");
		}
	}

	private void confine(Path absolute, Path path) throws IOException {
		if (this.baseDirectory != null && !path.startsWith(canonicalBase())) {
			throw rejected(absolute, "leaves the base directory " + this.baseDirectory
					+ "; use a path within it (atomicwrite.base-directory)");
		}
	}

	private Path canonicalBase() throws IOException {
		Path base = this.baseDirectory;
		if (base == null) {
			throw new IllegalStateException("no base directory");
		}
		Deque<Path> missing = new ArrayDeque<>();
		for (Path next = base.normalize(); next != null; next = next.getParent()) {
			Path canonical = canonicalIfThere(next);
			if (canonical != null) {
				Path result = canonical;
				for (Path name : missing) {
					result = result.resolve(name);
				}
				return result;
			}
			missing.push(next.getFileName());
		}
		return base;
	}

	private void refuseSpecial(Target target) throws IOException {
		FileStat.Kind kind = target.kind();
		if (kind == null || kind == FileStat.Kind.LINK) {
			return;
		}
		if (kind != FileStat.Kind.REGULAR) {
			throw rejected(target.path(), "is " + kind.text() + "; only regular files are written");
		}
		if (this.files.isMountPoint(target.path())) {
			throw rejected(target.path(),
					"is a mount point of its own, as a file mounted into a container is: it can't "
							+ "be replaced by rename; mount its directory instead");
		}
	}

	private static TargetRejectedException throughAFile(Path absolute) {
		return rejected(absolute, "a part of the path is a file, not a directory; correct the path");
	}

	private static TargetRejectedException rejected(Path target, String why) {
		return new TargetRejectedException(target, WritePhase.RESOLVE, why, null);
	}

}
