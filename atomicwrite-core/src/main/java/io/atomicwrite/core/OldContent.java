package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetMissingException;

/**
 * The content that a write builds on. What can't be read of it fails the write, as any
 * other I/O does.
 */
final class OldContent {

	private static final int BUFFER = 64 * 1024;

	private final IntegrityReader integrity;

	OldContent(IntegrityReader integrity) {
		this.integrity = integrity;
	}

	/** Copies what the target holds, unless its checksum says that it is damaged. */
	void copyInto(PendingWrite write) throws IOException {
		if (write.target().existing() == null) {
			return;
		}
		Path target = write.target().path();
		read(write, () -> {
			// damage would get a checksum that says that it is none
			this.integrity.requireSound(target);
			return target;
		});
		byte[] buffer = new byte[BUFFER];
		Begun begun = begin(write, buffer);
		try (InputStream old = begun.rest()) {
			for (int read = begun.read(); read >= 0; read = read(target, old, buffer)) {
				write.write(ByteBuffer.wrap(buffer, 0, read));
			}
		}
	}

	private static Begun begin(PendingWrite write, byte[] buffer) {
		Place target = write.target();
		try {
			return TargetLook.read(write.site().grant().isLocal(), () -> Begun.of(target, buffer));
		}
		catch (IOException ex) {
			throw WriteErrors.oldContentNotRead(target.path(), ex);
		}
	}

	private static int read(Path target, InputStream old, byte[] buffer) {
		try {
			return old.read(buffer);
		}
		catch (IOException ex) {
			throw WriteErrors.oldContentNotRead(target, ex);
		}
	}

	/** Reads in a way of its own. */
	<T> T read(PendingWrite write, Supplier<T> reading) {
		try {
			return TargetLook.read(write.site().grant().isLocal(), () -> causing(reading));
		}
		catch (IOException ex) {
			throw WriteErrors.oldContentNotRead(write.target().path(), ex);
		}
	}

	private static <T> T causing(Supplier<T> reading) throws IOException {
		try {
			return reading.get();
		}
		catch (ReadFailedException | TargetMissingException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/**
	 * A file whose first bytes were read: an open file of a network filesystem may be one
	 * that another host has replaced, and the first read shows it.
	 *
	 * @param rest the rest
	 * @param read how many bytes were read
	 */
	private record Begun(InputStream rest, int read) {

		static Begun of(Place target, byte[] buffer) throws IOException {
			InputStream in = target.directory().openRead(target.name());
			try {
				return new Begun(in, in.read(buffer));
			}
			catch (IOException | RuntimeException ex) {
				in.close();
				throw ex;
			}
		}

	}

}
