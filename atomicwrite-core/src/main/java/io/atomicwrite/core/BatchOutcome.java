package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;

/**
 * What happened to one file of a {@link Batch}. Immutable.
 *
 * @param target the file as it was given
 * @param succeeded whether the write has succeeded
 * @param outcome the state of the file
 * @param size the size of the new content in bytes, 0 if the write has not succeeded
 * @param failure why it failed; kept for the first hundred failures of a batch, and empty
 * for a file that was given up because another one failed, or because the thread was
 * interrupted
 */
public record BatchOutcome(Path target, boolean succeeded, WriteOutcome outcome, long size,
		Optional<RuntimeException> failure) {
}
