package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The digests of a content, made while it is written: what is read back may be another.
 */
final class ContentDigests implements SidecarTransition.Checksums {

	private static final int BUFFER = 64 * 1024;

	private final Map<ChecksumAlgorithm, MessageDigest> digests = new LinkedHashMap<>();

	private final Map<ChecksumAlgorithm, Checksum> finished = new LinkedHashMap<>();

	ContentDigests() {
	}

	/** Those that the options of a write ask for. */
	ContentDigests(WriteOptions options) {
		if (options.digest() || options.expectedVersion().isPresent()) {
			require(ChecksumAlgorithm.SHA_256);
		}
		if (options.checksum().mode() == ChecksumPolicy.Mode.ATTRIBUTE) {
			require(options.checksum().algorithm());
		}
	}

	void require(ChecksumAlgorithm algorithm) {
		this.digests.computeIfAbsent(algorithm, ChecksumAlgorithm::newDigest);
	}

	void update(ByteBuffer bytes) {
		for (MessageDigest digest : this.digests.values()) {
			digest.update(bytes.duplicate());
		}
	}

	/** Takes in a stream to its end, in constant memory. */
	void update(InputStream content) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			update(ByteBuffer.wrap(buffer, 0, read));
		}
	}

	/** To be called once, when the content is complete. */
	void finish() {
		for (Map.Entry<ChecksumAlgorithm, MessageDigest> entry : this.digests.entrySet()) {
			this.finished.put(entry.getKey(), Checksum.of(entry.getKey(), entry.getValue()));
		}
	}

	@Override
	public @Nullable Checksum of(ChecksumAlgorithm algorithm) {
		return this.finished.get(algorithm);
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.digests.keySet();
	}

}
