package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How the traits of files are seen and carried.
 */
interface TraitLooks {

	/** Those that one look shows together. */
	Set<FileTrait> LISTED = Set.of(FileTrait.ACCESS_LIST, FileTrait.LABEL, FileTrait.HOLES);

	/** Less than a block may lie in the inode itself. */
	long BLOCK = 4096;

	/**
	 * Returns what a look for some traits shows: some come along with others.
	 */
	static Set<FileTrait> shownBy(Set<FileTrait> wanted) {
		Set<FileTrait> shown = EnumSet.copyOf(wanted);
		if (isListed(wanted)) {
			shown.addAll(LISTED);
		}
		return shown;
	}

	/** Whether a look for some traits is one that shows those of a directory as well. */
	static boolean isListed(Set<FileTrait> wanted) {
		return wanted.stream().anyMatch(LISTED::contains);
	}

	/** Returns how the bytes without blocks of a file are reported. */
	static String holes(FileStat stat, long allocated) {
		return (stat.size() - allocated) + " bytes of " + stat.size() + " had no blocks";
	}

	/**
	 * Looks for traits of a file.
	 * @param directory a directory whose listed traits the same look is to show
	 * @param mount the mount of both
	 * @return what was found, of the traits in {@link #shownBy(Set)}
	 */
	Seen look(Subject subject, Set<FileTrait> wanted, Optional<Subject> directory, Mount mount) throws IOException;

	/**
	 * Returns whether what a look could not show will not be shown by the next one
	 * either, as where a program is missing.
	 */
	default boolean isLasting(Mount mount) {
		return true;
	}

	/** Gives a trait of a file to another, or fails. */
	void carry(FileTrait trait, Path from, Path to) throws IOException;

	/** Takes away the list that a file has inherited; its mode is 0400 then. */
	void dropAccessList(Path file) throws IOException;

	/**
	 * What is looked at.
	 *
	 * @param path its path
	 * @param stat its status before the look
	 */
	record Subject(Path path, FileStat stat) {
	}

	/**
	 * What a look has found.
	 *
	 * @param file the traits of the file
	 * @param directory those of the directory that are listed, if it was listed too
	 */
	record Seen(FileTraits file, Optional<FileTraits> directory) {
	}

}
