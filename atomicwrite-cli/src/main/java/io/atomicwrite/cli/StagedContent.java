package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;

/**
 * The new content on its way into the staging file.
 */
final class StagedContent {

	private static final int BUFFER = 64 * 1024;

	private final StagedWrite staged;

	StagedContent(StagedWrite staged) {
		this.staged = staged;
	}

	/** Takes all that the buffer has; a direct one is not copied. */
	void put(ByteBuffer bytes) {
		try {
			this.staged.write(bytes);
		}
		catch (IOException ex) {
			throw Failure.of("", IoErrors.text(ex),
					"the target is as it was, " + RemedyWords.of(Remedy.of(WritePhase.STAGE, IoErrors.classify(ex))));
		}
	}

	/** Damage must not get a checksum that says it is none. */
	static void requireSound(Engine engine, Path target) {
		try {
			engine.template().verify(target);
		}
		catch (ChecksumMissingException ex) {
			// it has none
		}
	}

	/** What stands there already. */
	void copyOld(Engine engine) throws IOException {
		Path target = this.staged.target();
		FileStat stat = engine.files().stat(target);
		if (stat == null) {
			return;
		}
		requireSound(engine, target);
		try (InputStream old = engine.files().openRead(target)) {
			byte[] buffer = new byte[BUFFER];
			for (int read = old.read(buffer); read >= 0; read = old.read(buffer)) {
				put(ByteBuffer.wrap(buffer, 0, read));
			}
		}
	}

}
