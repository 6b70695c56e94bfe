package io.atomicwrite.artifact;

import java.nio.file.Path;

/**
 * How the names of companions start: lock files, sidecars and backups. Staging files are
 * hidden in any case. All who write a file should use one spelling; the names are listed
 * at {@link ArtifactNames}.
 *
 * <p>
 * Readers find companions of both spellings: {@code .x.backup} counts as a hidden backup
 * of {@code x} for a reader with the visible spelling, unless there is a file {@code .x},
 * to which it may belong. Whoever keeps both {@code x} and {@code .x} in one directory
 * uses one spelling for both, or their backups may take the same name.
 */
public enum CompanionNames {

	/** As the target's: {@code x.conf.lock}. */
	VISIBLE,

	/**
	 * With a dot in front: {@code .x.conf.lock}, and for the target {@code .x},
	 * {@code ..x.lock}. For directories of which a program reads every file, because such
	 * programs leave out hidden ones.
	 */
	HIDDEN;

	/** Of what this library itself keeps in a directory, which is hidden anyway. */
	private static final String OWN = ".atomicwrite-";

	/**
	 * Returns the other spelling.
	 * @return the one that this is not
	 */
	public CompanionNames other() {
		return (this == VISIBLE) ? HIDDEN : VISIBLE;
	}

	/**
	 * Returns whether a directory looks like one of which a program reads every file, and
	 * so visible companions too: as {@code conf.d} or {@code sites-enabled}.
	 * @param directory the directory
	 * @return whether its name ends in {@code .d} or {@code -enabled}
	 */
	public static boolean areReadIn(Path directory) {
		Path last = directory.getFileName();
		return last != null && (last.toString().endsWith(".d") || last.toString().endsWith("-enabled"));
	}

	/**
	 * Returns what stands before the names of a target's companions.
	 * @param target the last name of the target
	 * @return a dot or nothing
	 */
	String prefix(String target) {
		return (this == HIDDEN && !target.startsWith(OWN)) ? "." : "";
	}

	/**
	 * Returns the target that has the same companions' names in the other spelling, if
	 * its name is not shortened: {@code .x} for the hidden ones of {@code x}, and
	 * {@code x} for the visible ones of {@code .x}.
	 * @param target the last name of a target
	 * @return the last name of the other target, empty if there can't be one
	 */
	public String namesake(String target) {
		if (this == HIDDEN) {
			return prefix(target).isEmpty() ? "" : "." + target;
		}
		return (target.startsWith(".") && !target.startsWith(OWN)) ? target.substring(1) : "";
	}

}
