package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * The new content on its way into the staging file.
 */
final class StagedContent {

	private static final int BUFFER = 64 * 1024;

	private final StagedWrite staged;

	private final @Nullable MessageDigest digest;

	StagedContent(StagedWrite staged, boolean verified) {
		this.staged = staged;
		this.digest = verified ? ChecksumAlgorithm.SHA_256.newDigest() : null;
	}

	/** Takes all that the buffer has; a direct one is not copied. */
	void put(ByteBuffer bytes) {
		if (this.digest != null) {
			this.digest.update(bytes.duplicate());
		}
		try {
			this.staged.write(bytes);
		}
		catch (IOException ex) {
			throw Failure.of("", IoErrors.text(ex),
					"the target is as it was, " + RemedyWords.of(Remedy.of(WritePhase.STAGE, IoErrors.classify(ex))));
		}
	}

	/** What stands there already; damage must not get a checksum that says it is none. */
	void copyOld(Engine engine) throws IOException {
		Path target = this.staged.target();
		FileStat stat = engine.files().stat(target);
		if (stat == null) {
			return;
		}
		try {
			engine.template().verify(target);
		}
		catch (ChecksumMissingException ex) {
			// it has none
		}
		try (InputStream old = engine.files().openRead(target)) {
			byte[] buffer = new byte[BUFFER];
			for (int read = old.read(buffer); read >= 0; read = old.read(buffer)) {
				put(ByteBuffer.wrap(buffer, 0, read));
			}
		}
	}

	/** Reads the staging file back; nothing is replaced by what differs. */
	void verify(TrackedFiles files) throws IOException {
		Path file = files.staging();
		MessageDigest written = this.digest;
		if (file == null || written == null) {
			throw new IllegalStateException("nothing was written");
		}
		MessageDigest found = ChecksumAlgorithm.SHA_256.newDigest();
		try (InputStream in = files.openRead(file)) {
			byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				found.update(buffer, 0, read);
			}
		}
		if (!Arrays.equals(written.digest(), found.digest())) {
			throw Failure.of("", "what was read back is not what was written",
					"the target is as it was; check the device and the kernel's log");
		}
	}

}
