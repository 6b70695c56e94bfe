package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.MagicLinkException;
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

	/**
	 * Resolves the path of a file that need not exist, but is looked for beside: every
	 * link followed, and still within the base directory.
	 */
	Path named(Path raw) throws IOException {
		Path absolute = absolute(raw);
		Path canonical = CanonicalTarget.of(this.files, absolute).path();
		confine(absolute, canonical);
		return canonical;
	}

	/**
	 * Resolves a path and opens the directory that it leads to, or the nearest one above.
	 */
	Target resolve(Target.Request request, Undo undo) throws IOException {
		Path absolute = absolute(request.raw());
		Path name = absolute.getFileName();
		Path parent = absolute.getParent();
		if (name == null || parent == null || name.toString().isEmpty() || name.toString().equals(".")
				|| name.toString().equals("..")) {
			throw rejected(absolute, Reason.DIRECTORY, "is a directory", Remedy.NAME_FILE);
		}
		try {
			Target target = locate(request, absolute, parent, name.toString());
			undo.always(target.ground()::close);
			confine(absolute, target.path());
			confine(absolute, target.lockKey());
			refuseSpecial(target);
			return target;
		}
		catch (MagicLinkException ex) {
			throw rejected(absolute, Reason.MAGIC_LINK,
					"leads through " + ex.getFile() + " to what a process has open, and is not replaced: what others "
							+ "write through the same descriptor would be lost",
					Remedy.NAME_FILE);
		}
		catch (FileSystemLoopException ex) {
			throw rejected(absolute, Reason.LINK_LOOP, "its symbolic links lead in a circle", Remedy.CORRECT_LINKS);
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) == IoErrorKind.NOT_A_DIRECTORY) {
				throw throughAFile(absolute);
			}
			throw ex;
		}
	}

	/**
	 * Resolves a path once more: a link may have been led elsewhere while the operation
	 * waited for the lease of what it led to before.
	 */
	void requireUnchanged(Target target, Undo undo) throws IOException {
		Target now = resolve(target.request(), undo);
		if (!now.path().equals(target.path()) || !now.lockKey().equals(target.lockKey())) {
			throw new TargetRejectedException(target.path(), WritePhase.LOCK, Reason.CHANGED,
					Problem.of("the path led to another file once the lock was acquired", Remedy.TRY_AGAIN));
		}
	}

	/** Resolves what is to be moved: it exists, and is no link. */
	Target resolveSource(Path raw, Undo undo) throws IOException {
		Target source = resolve(new Target.Request(raw, SymlinkPolicy.REJECT, false, true), undo);
		if (source.kind() == null) {
			throw rejected(source.path(), Reason.NO_SOURCE, "does not exist and so can't be moved",
					Remedy.CORRECT_PATH);
		}
		return source;
	}

	/** Resolves a name that is to be deleted; what a link leads to is not meant. */
	Target resolveName(Path raw, SymlinkPolicy symlinks, Undo undo) throws IOException {
		Target target = resolve(new Target.Request(raw, SymlinkPolicy.REPLACE, true, true), undo);
		if (target.isLink() && symlinks != SymlinkPolicy.REPLACE) {
			throw rejected(target.path(), Reason.LINK, "is a symbolic link, which the symlink policy does not delete",
					Remedy.NAME_LINKED_FILE);
		}
		return target;
	}

	private Target locate(Target.Request request, Path absolute, Path parent, String name) throws IOException {
		Directory directory;
		try {
			directory = this.files.openFollowingLinks(parent);
		}
		catch (NoSuchFileException ex) {
			return locateMissing(request, absolute, parent, name);
		}
		try {
			if (!directory.path().equals(parent)) {
				CanonicalTarget.directory(this.files, parent);
			}
			Place looked = request.leased() ? null : new Place(directory, name, directory.stat(name));
			FileStat.Kind kind = (looked != null) ? looked.kind() : directory.kind(name);
			if (kind == FileStat.Kind.LINK) {
				return locateLink(request, directory, name);
			}
			Path place = directory.path(name);
			return new Target(request, place, directory, List.of(), name, place, kind, Optional.ofNullable(looked));
		}
		catch (Throwable ex) {
			directory.close();
			throw ex;
		}
	}

	private Target locateLink(Target.Request request, Directory directory, String name) throws IOException {
		Path place = directory.path(name);
		if (request.pointer()) {
			return new Target(request, place, directory, List.of(), name, place, FileStat.Kind.LINK, Optional.empty());
		}
		if (request.symlinks() == SymlinkPolicy.REJECT) {
			throw rejected(place, Reason.LINK, "is a symbolic link, which the symlink policy refuses",
					Remedy.NAME_LINKED_FILE);
		}
		CanonicalTarget end;
		try {
			end = CanonicalTarget.of(this.files, place);
		}
		catch (MagicLinkException ex) {
			if (request.symlinks() != SymlinkPolicy.REPLACE) {
				throw ex;
			}
			// nothing is written behind it, and so the link has a lease of its own
			end = new CanonicalTarget(place, FileStat.Kind.LINK);
		}
		catch (NoSuchFileException ex) {
			throw rejected(place, Reason.NO_DIRECTORY, "is a symbolic link into a directory that does not exist",
					Remedy.CREATE_DIRECTORY);
		}
		if (request.symlinks() == SymlinkPolicy.REPLACE) {
			return new Target(request, place, directory, List.of(), name, end.path(), FileStat.Kind.LINK,
					Optional.empty());
		}
		Path endDirectory = end.path().getParent();
		Path endName = end.path().getFileName();
		if (endDirectory == null || endName == null) {
			throw rejected(place, Reason.DIRECTORY, "is a symbolic link to a directory", Remedy.NAME_FILE);
		}
		directory.close();
		return new Target(request, end.path(), this.files.open(endDirectory), List.of(), endName.toString(), end.path(),
				end.kind(), Optional.empty());
	}

	private Target locateMissing(Target.Request request, Path absolute, Path parent, String name) throws IOException {
		if (!request.createDirectories()) {
			throw rejected(absolute, Reason.NO_DIRECTORY, "its directory does not exist",
					Remedy.CREATE_DIRECTORY_OR_LET);
		}
		Deque<String> names = new ArrayDeque<>();
		Path ground = groundOf(absolute, parent, names);
		requireDirectory(absolute, ground);
		Path directory = ground;
		for (String next : names) {
			directory = directory.resolve(next);
		}
		if (!names.isEmpty()) {
			refuseDanglingDirectory(absolute, ground.resolve(names.getFirst()));
		}
		Path place = directory.resolve(name);
		return new Target(request, place, this.files.open(ground), List.copyOf(names), name, place, null,
				Optional.empty());
	}

	/**
	 * Goes up to the nearest directory that exists, and collects the names on the way.
	 */
	private Path groundOf(Path absolute, Path parent, Deque<String> names) throws IOException {
		Path existing = parent;
		Path ground = null;
		while (ground == null) {
			Path last = existing.getFileName();
			Path above = existing.getParent();
			if (last == null || above == null || last.toString().equals("..")) {
				throw rejected(absolute, Reason.NO_DIRECTORY, "leads through a directory that does not exist",
						Remedy.CORRECT_PATH);
			}
			if (!last.toString().equals(".")) {
				names.push(last.toString());
			}
			existing = above;
			ground = canonicalIfThere(existing);
		}
		return ground;
	}

	/** A path through a file is reported as missing by some releases of the JDK. */
	private void requireDirectory(Path absolute, Path directory) throws IOException {
		if (this.files.kind(directory) != FileStat.Kind.DIRECTORY) {
			throw throughAFile(absolute);
		}
	}

	private @Nullable Path canonicalIfThere(Path directory) throws IOException {
		try {
			return CanonicalTarget.directory(this.files, directory);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private void refuseDanglingDirectory(Path absolute, Path firstMissing) throws IOException {
		if (this.files.kind(firstMissing) != null) {
			throw rejected(absolute, Reason.NO_DIRECTORY, "leads through the dangling symbolic link " + firstMissing,
					Remedy.CORRECT_LINKS);
		}
	}

	private void confine(Path absolute, Path path) throws IOException {
		if (this.baseDirectory != null && !path.startsWith(canonicalBase())) {
			throw rejected(absolute, Reason.OUTSIDE_BASE, "leaves the base directory " + this.baseDirectory,
					Remedy.STAY_WITHIN_BASE);
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
		boolean allowed = kind == FileStat.Kind.REGULAR
				|| (kind == FileStat.Kind.DIRECTORY && target.request().directory());
		if (!allowed) {
			throw rejected(target.path(), (kind == FileStat.Kind.DIRECTORY) ? Reason.DIRECTORY : Reason.SPECIAL_FILE,
					"is " + kind.text() + ", and only regular files are written", Remedy.NAME_FILE);
		}
		if (this.files.isMountPoint(target.path())) {
			throw rejected(target.path(), Reason.MOUNT_POINT,
					"is a mount point of its own, as a file mounted into a container is, and can't be replaced by rename",
					Remedy.MOUNT_DIRECTORY);
		}
	}

	private static TargetRejectedException throughAFile(Path absolute) {
		return rejected(absolute, Reason.NOT_A_DIRECTORY, "a part of the path is a file, not a directory",
				Remedy.CORRECT_PATH);
	}

	private static TargetRejectedException rejected(Path target, Reason reason, String what, Remedy remedy) {
		return new TargetRejectedException(target, WritePhase.RESOLVE, reason, Problem.of(what, remedy));
	}

}
