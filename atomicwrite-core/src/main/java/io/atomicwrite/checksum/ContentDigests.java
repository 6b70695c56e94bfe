package io.atomicwrite.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The digests of a content, made while it is written: what is read back may be another.
 */
public final class ContentDigests implements SidecarTransition.Checksums {

	private static final int BUFFER = 64 * 1024;

	private final Map<ChecksumAlgorithm, MessageDigest> digests = new LinkedHashMap<>();

	private final Map<ChecksumAlgorithm, Checksum> finished = new LinkedHashMap<>();

	private long size;

	/**
	 * Creates an instance that computes no digest yet.
	 */
	public ContentDigests() {
	}

	/**
	 * Adds a digest. To be called before the first byte.
	 * @param algorithm the algorithm
	 */
	public void require(ChecksumAlgorithm algorithm) {
		this.digests.computeIfAbsent(algorithm, ChecksumAlgorithm::newDigest);
	}

	/**
	 * Updates the digests with bytes.
	 * @param bytes the bytes, whose position is left as it is
	 */
	public void update(ByteBuffer bytes) {
		this.size += bytes.remaining();
		for (MessageDigest digest : this.digests.values()) {
			digest.update(bytes.duplicate());
		}
	}

	/**
	 * Updates the digests with a stream to its end, in constant memory.
	 * @param content the stream, which is not closed
	 * @throws IOException if it can't be read
	 */
	public void update(InputStream content) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			update(ByteBuffer.wrap(buffer, 0, read));
		}
	}

	/**
	 * Completes the digests. To be called once, after the last byte.
	 */
	public void finish() {
		for (Map.Entry<ChecksumAlgorithm, MessageDigest> entry : this.digests.entrySet()) {
			this.finished.put(entry.getKey(), Checksum.of(entry.getKey(), entry.getValue()));
		}
	}

	/**
	 * Returns how many bytes the digests were updated with.
	 * @return the size of the content so far
	 */
	public long size() {
		return this.size;
	}

	@Override
	public @Nullable Checksum of(ChecksumAlgorithm algorithm) {
		return this.finished.get(algorithm);
	}

	/**
	 * Returns the algorithms of the digests.
	 * @return the algorithms
	 */
	public Set<ChecksumAlgorithm> algorithms() {
		return this.digests.keySet();
	}

}
