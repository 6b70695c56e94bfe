package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The links of {@code /proc/PID}, which lead to what a process has open rather than to
 * where their text leads: its descriptors, its working directory, its root
 * ({@code symlink(7)}, "magic links"). {@code /dev/stdout} is one of them in the end. To
 * replace the file behind a descriptor loses what others write through that descriptor,
 * and the text of a link may name another file or none.
 */
final class MagicLinks {

	private static final String PROC = "proc";

	private MagicLinks() {
	}

	/**
	 * Refuses a directory that a magic link leads to. Costs a look at each part of the
	 * path, and so is called only where a link was followed.
	 * @param files the file operations
	 * @param directory the path of the directory, links not resolved
	 * @throws MagicLinkException if a magic link is on the way
	 * @throws IOException if the path can't be looked at
	 */
	static void refuseThrough(FileOps files, Path directory) throws IOException {
		Path absolute = directory.toAbsolutePath();
		Path at = absolute.getRoot();
		Deque<Path> names = new ArrayDeque<>();
		prepend(names, absolute);
		for (int links = 0; !names.isEmpty() && links <= CanonicalTarget.MAX_LINKS;) {
			Path place = enter(at, names.pop());
			FileStat.Kind kind = files.kind(place);
			if (kind == null) {
				return;
			}
			if (kind == FileStat.Kind.LINK) {
				Path text = follow(files, place);
				links++;
				prepend(names, text);
				at = text.isAbsolute() ? absolute.getRoot() : at;
			}
			else {
				at = place;
			}
		}
	}

	private static Path enter(Path directory, Path name) {
		return switch (name.toString()) {
			case "", "." -> directory;
			case ".." -> (directory.getParent() != null) ? directory.getParent() : directory;
			default -> directory.resolve(name);
		};
	}

	private static void prepend(Deque<Path> names, Path path) {
		List<Path> more = new ArrayList<>();
		path.forEach(more::add);
		Collections.reverse(more);
		more.forEach(names::push);
	}

	/**
	 * Reads a link that is no magic one.
	 * @param files the file operations
	 * @param link the link, in a directory whose path is canonical
	 * @return its text
	 * @throws MagicLinkException if it is a magic one
	 * @throws IOException if it can't be read
	 */
	static Path follow(FileOps files, Path link) throws IOException {
		Path directory = link.getParent();
		if (directory != null && isBelowNumber(directory) && files.mount(directory).type().equals(PROC)) {
			throw new MagicLinkException(link);
		}
		return files.readLink(link);
	}

	/** Spares the look at the mount for nearly every link: a process has a number. */
	private static boolean isBelowNumber(Path directory) {
		for (Path name : directory) {
			String text = name.toString();
			if (!text.isEmpty() && text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
				return true;
			}
		}
		return false;
	}

}
