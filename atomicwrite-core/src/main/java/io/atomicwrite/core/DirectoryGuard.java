package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Decides whether a directory is the right one before anything is created or changed in
 * it, as one whose filesystem was unmounted meanwhile is not. Called for each write, move
 * and delete in phase {@link io.atomicwrite.WritePhase#GATE}, in the thread that writes;
 * implementations are thread-safe and cheap.
 */
@FunctionalInterface
public interface DirectoryGuard {

	/**
	 * Checks the directory of a target.
	 * @param named the absolute path that the caller named
	 * @param target the file that it leads to
	 * @param options the options of the write
	 * @throws io.atomicwrite.AtomicWriteException to refuse the write
	 * @throws IOException if the directory can't be looked at, which fails the write
	 */
	void check(Path named, Path target, WriteOptions options) throws IOException;

}
