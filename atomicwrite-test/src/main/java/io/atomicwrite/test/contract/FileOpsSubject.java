package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import io.atomicwrite.fs.FileOps;

/**
 * What is held against the contract of the file operations.
 *
 * @param files the operations
 * @param directory an existing directory to work in, canonical
 * @param traits what may be asked of it
 * @param lockLook looks at locks as another process does
 */
public record FileOpsSubject(FileOps files, Path directory, Set<Trait> traits, LockLook lockLook) {

	/**
	 * Creates a subject.
	 */
	public FileOpsSubject {
		traits = Set.copyOf(traits);
	}

	/**
	 * Returns whether something may be asked of the subject.
	 * @param trait the trait
	 * @return whether it has it
	 */
	public boolean has(Trait trait) {
		return this.traits.contains(trait);
	}

	/**
	 * Where implementations and filesystems differ, and may.
	 */
	public enum Trait {

		/** There can be FIFOs, which the operations do not create. */
		SPECIAL_FILES,

		/** There can be symbolic links. */
		SYMBOLIC_LINKS,

		/** This user may give files away and open what the mode forbids. */
		ROOT,

		/** Files keep user attributes. */
		USER_ATTRIBUTES,

		/** Files may have several names. */
		HARD_LINKS,

		/** Who holds a lock can be learnt. */
		LOCK_HOLDERS,

		/** All modes and owners are kept. */
		POSIX_METADATA,

		/** The close of any descriptor of a file drops its locks: see fcntl(2). */
		LOCKS_OF_THE_PROCESS

	}

	/**
	 * Looks at a lock as another process does.
	 */
	@FunctionalInterface
	public interface LockLook {

		/**
		 * Returns whether another process would get the lock of a file now.
		 * @param file the file
		 * @return whether it is free
		 * @throws IOException if that can't be found out
		 */
		boolean isFree(Path file) throws IOException;

	}

}
