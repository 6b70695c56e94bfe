package io.atomicwrite.core;

import java.nio.file.Path;

/**
 * Follows the progress of a {@link Batch}. Invoked in the thread that writes it, once for
 * each file, when the file is durable or has failed. What it throws is ignored.
 */
public interface BatchListener {

	/** Ignores everything. */
	BatchListener NONE = new BatchListener() {
	};

	/**
	 * A file is written.
	 * @param target the file as it was given
	 * @param result the result of its write
	 */
	default void written(Path target, WriteResult result) {
	}

	/**
	 * A file has failed.
	 * @param target the file as it was given
	 * @param failure why, as a write of this file alone would have thrown it
	 */
	default void failed(Path target, RuntimeException failure) {
	}

}
