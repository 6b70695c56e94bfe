package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path name by name, as the kernel does, and notes the directories whose
 * entries decide where it leads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/path_resolution.7.html">
 * path_resolution(7)</a>
 */
final class ChainWalk {

	/** The limit of Linux. */
	private static final int MAX_LINKS = 40;

	private final FileOps files;

	private final Path path;

	private final Map<Path, Chain.Place> directories = new LinkedHashMap<>();

	private final Deque<Path> left = new ArrayDeque<>();

	private final boolean notes;

	private Path at;

	private @Nullable FileStat atStat;

	private int followed;

	private ChainWalk(FileOps files, Path absolute, boolean notes) {
		this.files = files;
		this.notes = notes;
		this.path = absolute;
		this.at = root(absolute);
		push(absolute);
	}

	static Chain follow(FileOps files, Path absolute) throws IOException {
		return new ChainWalk(files, absolute, true).follow();
	}

	/**
	 * Follows a path without a note of its directories, which costs a call less for each.
	 */
	static Chain end(FileOps files, Path absolute) throws IOException {
		return new ChainWalk(files, absolute, false).follow();
	}

	private Chain follow() throws IOException {
		while (!this.left.isEmpty()) {
			String name = this.left.pop().toString();
			if (name.equals("..")) {
				go((this.at.getParent() != null) ? this.at.getParent() : this.at);
			}
			else if (!name.isEmpty() && !name.equals(".")) {
				Chain end = step(name);
				if (end != null) {
					return end;
				}
			}
		}
		return new Chain(this.directories, this.at, identity());
	}

	private @Nullable Chain step(String name) throws IOException {
		Path next = this.at.resolve(name);
		boolean last = this.left.isEmpty();
		FileStat stat = last ? this.files.stat(next) : null;
		FileStat.Kind kind = (stat != null) ? stat.kind() : last ? null : this.files.kind(next);
		if (kind == FileStat.Kind.LINK) {
			note(name);
			followLink(next);
			return null;
		}
		if (kind == FileStat.Kind.DIRECTORY && !last) {
			go(next);
			return null;
		}
		note(name);
		// what is no directory has nothing below it
		return new Chain(this.directories, next, stat);
	}

	private void followLink(Path link) throws IOException {
		if (++this.followed > MAX_LINKS) {
			throw new FileSystemLoopException(this.path.toString());
		}
		try {
			Path target = this.files.readLink(link);
			push(target);
			if (target.isAbsolute()) {
				go(root(target));
			}
		}
		catch (NoSuchFileException | NotLinkException ex) {
			// it has just been replaced: look at the name again
			this.left.push(link.getFileName());
		}
	}

	private void push(Path names) {
		for (int i = names.getNameCount() - 1; i >= 0; i--) {
			this.left.push(names.getName(i));
		}
	}

	private void go(Path directory) {
		this.at = directory;
		this.atStat = null;
	}

	private void note(String name) throws IOException {
		if (!this.notes) {
			return;
		}
		Chain.Place place = this.directories.get(this.at);
		if (place == null) {
			place = new Chain.Place(identity(), new HashSet<>());
			this.directories.put(this.at, place);
		}
		place.names().add(name);
	}

	private FileStat identity() throws IOException {
		FileStat stat = (this.atStat != null) ? this.atStat : this.files.stat(this.at);
		if (stat == null) {
			throw new NoSuchFileException(this.at.toString());
		}
		this.atStat = stat;
		return stat;
	}

	private static Path root(Path absolute) {
		Path root = absolute.getRoot();
		if (root == null) {
			throw new IllegalArgumentException("not absolute: " + absolute);
		}
		return root;
	}

}
