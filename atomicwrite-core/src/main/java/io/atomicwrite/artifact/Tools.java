package io.atomicwrite.artifact;

import java.time.InstantSource;
import java.util.function.LongSupplier;

import io.atomicwrite.fs.FileOps;

/**
 * What the steps of every operation work with.
 *
 * @param files the file operations
 * @param tokens what distinguishes staging files
 * @param clock the clock that names backups
 * @param companions how the names of companions are spelled
 */
public record Tools(FileOps files, LongSupplier tokens, InstantSource clock, CompanionNames companions) {

	/**
	 * Creates tools with visible companions.
	 * @param files the file operations
	 * @param tokens what distinguishes staging files
	 * @param clock the clock that names backups
	 */
	public Tools(FileOps files, LongSupplier tokens, InstantSource clock) {
		this(files, tokens, clock, CompanionNames.VISIBLE);
	}

}
