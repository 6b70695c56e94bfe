package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One file of a {@link Batch}. Immutable, and as safe for use by several threads as its
 * content is.
 */
public final class BatchFile {

	private static final Consumer<WriteOptions.Builder> AS_CONFIGURED = (options) -> {
	};

	private final Path target;

	private final ContentWriter content;

	private final Consumer<WriteOptions.Builder> changes;

	private BatchFile(Path target, ContentWriter content, Consumer<WriteOptions.Builder> changes) {
		this.target = Objects.requireNonNull(target, "the target of a file of a batch is null");
		this.content = Objects.requireNonNull(content,
				() -> target + ": the content is null; nothing was written, write empty content to empty the file");
		this.changes = changes;
	}

	/**
	 * Creates a file with bytes, which stay in memory as long as the file does.
	 * @param target the file
	 * @param content the new content, which must not change any more
	 * @return the file
	 */
	public static BatchFile of(Path target, byte[] content) {
		Objects.requireNonNull(content, () -> target + ": the content is null; nothing was written, write empty "
				+ "content to empty the file");
		return of(target, (ContentWriter) (out) -> out.write(content));
	}

	/**
	 * Creates a file whose content is produced when its turn has come.
	 * @param target the file
	 * @param content what produces the content, once, in the thread that writes the batch
	 * @return the file
	 */
	public static BatchFile of(Path target, ContentWriter content) {
		return new BatchFile(target, content, AS_CONFIGURED);
	}

	/**
	 * Returns this file with changes to the configured options.
	 * @param optionChanges the changes; they replace those of an earlier call
	 * @return the file
	 */
	public BatchFile with(Consumer<WriteOptions.Builder> optionChanges) {
		return new BatchFile(this.target, this.content, optionChanges);
	}

	/**
	 * Returns the file that is written.
	 * @return the path as it was given
	 */
	public Path target() {
		return this.target;
	}

	ContentWriter content() {
		return this.content;
	}

	WriteOptions options(WriteOptions defaults) {
		return (this.changes == AS_CONFIGURED) ? defaults : defaults.with(this.changes);
	}

	@Override
	public String toString() {
		return this.target.toString();
	}

}
