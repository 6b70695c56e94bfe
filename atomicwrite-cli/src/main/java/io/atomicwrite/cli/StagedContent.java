package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

import java.security.MessageDigest;

import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * The new content on its way into the staging file.
 */
final class StagedContent extends OutputStream {

	private static final int BUFFER = 64 * 1024;

	private final StagedWrite staged;

	private final @Nullable MessageDigest digest;

	StagedContent(StagedWrite staged, boolean verified) {
		this.staged = staged;
		this.digest = verified ? ChecksumAlgorithm.SHA_256.newDigest() : null;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.staged.write(bytes, offset, length);
		if (this.digest != null) {
			this.digest.update(bytes, offset, length);
		}
	}

	@Override
	public void flush() throws IOException {
		this.staged.flush();
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
				Input.put(buffer, read, this);
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
