package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IdleWait;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which content is written: bytes, text, a stream, a callback, a value, what
 * is appended and what is updated.
 */
final class WriteForms {

	private static final int BUFFER = 64 * 1024;

	private final WriteProtocol protocol;

	private final TargetResolver resolver;

	private final OldContent oldContent;

	private final TypedValues values;

	private final ValueEdits edits;

	private final ReadForms reads;

	WriteForms(WriteProtocol protocol, TargetResolver resolver, OldContent oldContent, TypedValues values,
			ReadForms reads) {
		this.protocol = protocol;
		this.resolver = resolver;
		this.oldContent = oldContent;
		this.values = values;
		this.edits = new ValueEdits(values, oldContent, reads);
		this.reads = reads;
	}

	WriteResult bytes(Path target, byte[] content, WriteOptions options) {
		return buffer(target, ByteBuffer.wrap(required(target, content)), options);
	}

	WriteResult string(Path target, CharSequence text, Charset charset, WriteOptions options) {
		return buffer(target, TextEncoder.encode(this.resolver.absolute(target), required(target, text), charset),
				options);
	}

	WriteResult value(Path target, Object value, WriteOptions options) {
		byte[] content = this.values.encode(this.resolver.absolute(target), required(target, value));
		PendingWrite write = this.protocol.stage(this.protocol.resolve(target, withVersion(options)));
		try {
			write.write(ByteBuffer.wrap(this.edits.replacement(write, value, content)));
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return this.protocol.commit(write);
	}

	private WriteResult buffer(Path target, ByteBuffer content, WriteOptions options) {
		PendingWrite write = this.protocol.stage(this.protocol.resolve(target, options));
		try {
			write.write(content);
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return this.protocol.commit(write);
	}

	WriteResult stream(Path target, InputStream content, WriteOptions options) {
		required(target, content);
		return callback(target, (out) -> copy(content, out), options);
	}

	WriteResult callback(Path target, ContentWriter content, WriteOptions options) {
		required(target, content);
		PendingWrite write = this.protocol.stage(this.protocol.resolve(target, options));
		produce(write, content);
		return this.protocol.commit(write);
	}

	WriteResult append(Path target, byte[] bytes, WriteOptions options) {
		required(target, bytes);
		return append(target, (ContentWriter) (out) -> out.write(bytes), options);
	}

	WriteResult append(Path target, InputStream content, WriteOptions options) {
		required(target, content);
		return append(target, (ContentWriter) (out) -> copy(content, out), options);
	}

	private WriteResult append(Path target, ContentWriter content, WriteOptions options) {
		requireLock(options, "append");
		if (!options.overwrite()) {
			throw new IllegalArgumentException("append replaces the file and so needs overwrite");
		}
		PendingWrite write = this.protocol.stage(this.protocol.resolve(target, options));
		try {
			this.oldContent.copyInto(write);
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		produce(write, content);
		return this.protocol.commit(write);
	}

	<T> UpdateResult<T> update(Path target, Type type, UnaryOperator<@Nullable T> change, WriteOptions options) {
		requireLock(options, "update");
		Objects.requireNonNull(change, "the change of an update is null; nothing was written");
		PendingWrite write = this.protocol.stage(this.protocol.resolve(target, withVersion(options)));
		T after;
		try {
			FileStat existing = write.target().existing();
			Path path = write.target().path();
			byte[] old = (existing != null) ? this.oldContent.read(write, () -> this.reads.read(path)) : null;
			T before = (old != null) ? this.values.<T>decode(path, old, type) : null;
			after = Objects.requireNonNull(change.apply(before), "the change of an update must return a value");
			if (existing != null && old != null && before != null && before.equals(after)
					&& options.stamp().isEmpty()) {
				write.discard();
				return UpdateResult.of(before, unchanged(write.target(), existing, Version.of(old)));
			}
			byte[] content = this.values.encode(path, after, type);
			write.write(ByteBuffer.wrap((old != null) ? this.edits.update(write, old, after, type, content) : content));
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return UpdateResult.of(after, this.protocol.commit(write));
	}

	private static WriteResult unchanged(Place target, FileStat existing, Version version) {
		return WriteResult.builder(target.path(), WriteOutcome.UNCHANGED)
			.size(existing.size())
			.version(version)
			.build();
	}

	/** Lets a callback write the content; what goes wrong has ended the write. */
	static void produce(PendingWrite write, ContentWriter content) {
		StagingOutput out = new StagingOutput(write);
		try {
			content.writeTo(out);
			out.flush();
		}
		catch (Throwable ex) {
			throw write.fail(contentFailure(write, out, ex));
		}
		finally {
			out.end();
		}
		IOException hidden = out.failure();
		if (hidden != null) {
			throw write.fail(hidden);
		}
	}

	/** The error of the staging file counts, also where the callback has wrapped it. */
	private static Throwable contentFailure(PendingWrite write, StagingOutput out, Throwable thrown) {
		IOException ofStagingFile = out.failure();
		if (ofStagingFile != null) {
			return ofStagingFile;
		}
		return (thrown instanceof IOException ex) ? WriteErrors.noContent(write.target().path(), ex) : thrown;
	}

	private static void copy(InputStream content, OutputStream out) throws IOException {
		byte[] buffer = new byte[BUFFER];
		IdleWait idle = new IdleWait();
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			idle.after(read);
			out.write(buffer, 0, read);
		}
	}

	private static WriteOptions withVersion(WriteOptions options) {
		return options.reportVersion() ? options : options.toBuilder().reportVersion(true).build();
	}

	/** A caller without null analysis may pass what this library's types exclude. */
	private static <T> T required(Path target, T content) {
		return Objects.requireNonNull(content,
				() -> target + ": the content is null; nothing was written, write empty content to empty the file, "
						+ "or delete it");
	}

	private static void requireLock(WriteOptions options, String operation) {
		if (options.lock().isNone()) {
			throw new IllegalArgumentException(
					operation + " reads what it writes and so needs a lock; use a lock policy other than none");
		}
	}

}
