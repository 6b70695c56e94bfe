package io.atomicwrite.core;

import java.util.List;

import io.atomicwrite.WriteOutcome;

/**
 * What happened to the files of a {@link Batch}. Immutable.
 *
 * @param files one outcome for each file that was begun, in the order of the batch
 * @param interrupted whether the thread was interrupted before all files were begun
 */
public record BatchResult(List<BatchOutcome> files, boolean interrupted) {

	/**
	 * Creates a result.
	 * @param files the outcomes
	 * @param interrupted whether files were not begun
	 */
	public BatchResult {
		files = List.copyOf(files);
	}

	/**
	 * Returns the files that were not written.
	 * @return their outcomes, in the order of the batch
	 */
	public List<BatchOutcome> failures() {
		return this.files.stream().filter((file) -> !file.succeeded()).toList();
	}

	/**
	 * Returns whether all files are written.
	 * @return whether none has failed and none was left out
	 */
	public boolean complete() {
		return !this.interrupted && this.files.stream().allMatch(BatchOutcome::succeeded);
	}

	/**
	 * Returns whether all files are written and survive a crash.
	 * @return whether all are durable
	 */
	public boolean durable() {
		return complete() && this.files.stream().allMatch((file) -> file.outcome() == WriteOutcome.DURABLE);
	}

	/**
	 * Returns how many bytes were written.
	 * @return the sizes of the files that were written, in bytes
	 */
	public long size() {
		return this.files.stream().mapToLong(BatchOutcome::size).sum();
	}

}
