package io.atomicwrite.core;

import java.time.InstantSource;
import java.util.function.LongSupplier;

import io.atomicwrite.fs.FileOps;

/**
 * What the steps of every operation work with.
 *
 * @param files the file operations
 * @param tokens what distinguishes staging files
 * @param clock the clock that names backups
 */
record Tools(FileOps files, LongSupplier tokens, InstantSource clock) {
}
