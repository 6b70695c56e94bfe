package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.atomicwrite.isolation.SyncFlight;

/**
 * Many files that are written with few waits for the disk, see
 * {@link AtomicFileOperations#writeAll}. Immutable; whether it can be written twice
 * depends on its files.
 */
public final class Batch {

	/** How many files of one batch may be all or nothing up to the commits. */
	public static final int MAX_ALL_OR_NOTHING = 4096;

	private final Iterable<BatchFile> files;

	private final boolean allOrNothing;

	private final int syncsInFlight;

	private final BatchListener listener;

	private Batch(Builder builder, Iterable<BatchFile> files) {
		this.files = files;
		this.allOrNothing = builder.allOrNothing;
		this.syncsInFlight = builder.syncsInFlight;
		this.listener = builder.listener;
	}

	/**
	 * Creates a batch of files that are taken one after another while it is written, so
	 * that they need not be in memory together.
	 * @param files the files
	 * @return the batch
	 */
	public static Batch of(Iterable<BatchFile> files) {
		return builder().build(files);
	}

	/**
	 * Creates a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	Iterable<BatchFile> files() {
		return this.files;
	}

	boolean isAllOrNothing() {
		return this.allOrNothing;
	}

	int syncsInFlight() {
		return this.syncsInFlight;
	}

	BatchListener listener() {
		return this.listener;
	}

	/**
	 * Builds a batch. Not safe for use by several threads; what it builds is.
	 */
	public static final class Builder {

		/** Both a fast disk and one whose flush takes milliseconds do well with it. */
		private final List<BatchFile> added = new ArrayList<>();

		private boolean allOrNothing;

		private int syncsInFlight = SyncFlight.USUAL;

		private BatchListener listener = BatchListener.NONE;

		private Builder() {
		}

		/**
		 * Adds a file.
		 * @param file the file
		 * @return this builder
		 */
		public Builder add(BatchFile file) {
			this.added.add(Objects.requireNonNull(file, "a file of a batch is null"));
			return this;
		}

		/**
		 * Adds a file with bytes.
		 * @param target the file
		 * @param content the new content, which must not change any more
		 * @return this builder
		 */
		public Builder add(Path target, byte[] content) {
			return add(BatchFile.of(target, content));
		}

		/**
		 * Adds a file whose content is produced when its turn has come.
		 * @param target the file
		 * @param content what produces the content
		 * @return this builder
		 */
		public Builder add(Path target, ContentWriter content) {
			return add(BatchFile.of(target, content));
		}

		/**
		 * Adds a file with options of its own.
		 * @param target the file
		 * @param content what produces the content
		 * @param changes changes to the configured options
		 * @return this builder
		 */
		public Builder add(Path target, ContentWriter content, Consumer<WriteOptions.Builder> changes) {
			return add(BatchFile.of(target, content).with(changes));
		}

		/**
		 * Writes nothing if one of the files can't be written: whatever fails before the
		 * first commit leaves all targets as they are. The commits themselves are one
		 * after another, so that a crash or an error between two of them leaves some
		 * files new and the others old; the result has the outcome of each. All leases
		 * are held from the first file to the last, so that there can be
		 * {@value #MAX_ALL_OR_NOTHING} files at most. A set that readers must see whole
		 * is a publication.
		 * @return this builder
		 */
		public Builder allOrNothing() {
			this.allOrNothing = true;
			return this;
		}

		/**
		 * Sets how many syncs wait for the disk at a time. All but one of them wait in
		 * threads that begin and end with the call; with 1 there are none.
		 * @param count the number, 32 unless set, 1 to 256
		 * @return this builder
		 */
		public Builder syncsInFlight(int count) {
			this.syncsInFlight = SyncFlight.require(count);
			return this;
		}

		/**
		 * Sets what follows the progress.
		 * @param batchListener the listener
		 * @return this builder
		 */
		public Builder listener(BatchListener batchListener) {
			this.listener = batchListener;
			return this;
		}

		/**
		 * Builds a batch of the added files.
		 * @return the batch
		 */
		public Batch build() {
			return build(List.copyOf(this.added));
		}

		/**
		 * Builds a batch of files that are taken one after another while it is written;
		 * those that were added do not belong to it.
		 * @param files the files
		 * @return the batch
		 */
		public Batch build(Iterable<BatchFile> files) {
			return new Batch(this, files);
		}

	}

}
