package io.atomicwrite.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.fs.Directory;

/**
 * By what a content is recognised.
 *
 * @param size its size in bytes
 * @param checksum its SHA-256
 */
record Content(long size, Checksum checksum) {

	static final ChecksumAlgorithm ALGORITHM = ChecksumAlgorithm.SHA_256;

	private static final int BUFFER = 64 * 1024;

	/** That of a write, once its digests are finished. */
	static Content of(ContentDigests digests) {
		return new Content(digests.size(), Objects.requireNonNull(digests.of(ALGORITHM)));
	}

	static Content of(Directory directory, String file, List<Manifest.Entry> candidates) throws IOException {
		try (InputStream in = directory.openRead(file)) {
			return of(in, candidates);
		}
	}

	/**
	 * Reads a content, in constant memory and no further than it can still be one of the
	 * candidates.
	 */
	static Content of(InputStream in, List<Manifest.Entry> candidates) throws IOException {
		long most = candidates.stream().mapToLong(Manifest.Entry::size).max().orElse(Long.MAX_VALUE);
		ContentDigests digests = new ContentDigests();
		digests.require(ALGORITHM);
		byte[] buffer = new byte[BUFFER];
		for (int read = in.read(buffer); read >= 0 && digests.size() <= most; read = in.read(buffer)) {
			digests.update(ByteBuffer.wrap(buffer, 0, read));
		}
		digests.finish();
		return of(digests);
	}

}
