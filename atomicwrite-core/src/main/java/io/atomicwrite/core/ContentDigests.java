package io.atomicwrite.core;

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
final class ContentDigests {

	private final Map<ChecksumAlgorithm, MessageDigest> digests = new LinkedHashMap<>();

	private final Map<ChecksumAlgorithm, Checksum> finished = new LinkedHashMap<>();

	void require(ChecksumAlgorithm algorithm) {
		this.digests.computeIfAbsent(algorithm, ChecksumAlgorithm::newDigest);
	}

	void update(ByteBuffer bytes) {
		for (MessageDigest digest : this.digests.values()) {
			digest.update(bytes.duplicate());
		}
	}

	/** To be called once, when the content is complete. */
	void finish() {
		this.digests.forEach((algorithm, digest) -> this.finished.put(algorithm, Checksum.of(algorithm, digest)));
	}

	@Nullable Checksum of(ChecksumAlgorithm algorithm) {
		return this.finished.get(algorithm);
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.digests.keySet();
	}

}
