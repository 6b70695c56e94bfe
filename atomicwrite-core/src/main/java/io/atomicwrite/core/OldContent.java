package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;

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
		read(() -> {
			// damage would get a checksum that says that it is none
			this.integrity.requireSound(target);
			return target;
		});
		try (InputStream old = write.target().directory().openRead(write.target().name())) {
			byte[] buffer = new byte[BUFFER];
			for (int read = old.read(buffer); read >= 0; read = old.read(buffer)) {
				write.write(ByteBuffer.wrap(buffer, 0, read));
			}
		}
	}

	/** Reads in a way of its own. */
	<T> T read(Supplier<T> reading) throws IOException {
		try {
			return reading.get();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
