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
		read(target, () -> {
			// damage would get a checksum that says that it is none
			this.integrity.requireSound(target);
			return target;
		});
		try (InputStream old = open(write.target())) {
			byte[] buffer = new byte[BUFFER];
			for (int read = read(target, old, buffer); read >= 0; read = read(target, old, buffer)) {
				write.write(ByteBuffer.wrap(buffer, 0, read));
			}
		}
	}

	private static InputStream open(Place target) {
		try {
			return target.directory().openRead(target.name());
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
	<T> T read(Path target, Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (ReadFailedException | TargetMissingException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw WriteErrors.oldContentNotRead(target, cause);
			}
			throw ex;
		}
	}

}
