package io.atomicwrite.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.checksum.ChecksumInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * An export with a checksum beside it, by which a byte that changes on the disk is found.
 */
@Component
class VerifiedExport {

	static final String NAME = "verified";

	private final ExportStore store;

	VerifiedExport(ExportStore store) {
		this.store = store;
	}

	Export write(int rows) {
		return this.store.writeVerified(NAME, rows);
	}

	Verification verify() {
		try {
			ChecksumInfo info = this.store.verify(NAME);
			return new Verification(true, info.current().toString(), null);
		}
		catch (ChecksumMismatchException ex) {
			return new Verification(false, null, "The content is not the one that was written: a byte was changed.");
		}
	}

	/** Changes one bit in the middle, as a disk that fails would. */
	void damage() throws IOException {
		Path file = this.store.file(NAME);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			long middle = channel.size() / 2;
			ByteBuffer one = ByteBuffer.allocate(1);
			channel.read(one, middle);
			one.put(0, (byte) (one.get(0) ^ 1)).rewind();
			channel.write(one, middle);
		}
	}

	/**
	 * The result of a verification.
	 *
	 * @param intact whether the content is the one that was written
	 * @param checksum the checksum, if it is
	 * @param problem what is wrong, if it is not
	 */
	record Verification(boolean intact, @Nullable String checksum, @Nullable String problem) {
	}

}
