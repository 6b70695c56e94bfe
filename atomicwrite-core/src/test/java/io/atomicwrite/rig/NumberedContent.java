package io.atomicwrite.rig;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;

/**
 * Content that tells which version of which target it is, and whether it is whole: a line
 * with target, version and length, bytes that mean nothing, and the SHA-256 of all before
 * it.
 */
final class NumberedContent {

	private static final int LARGEST = 40_000;

	private NumberedContent() {
	}

	static byte[] of(String target, long version) {
		SplittableRandom random = new SplittableRandom(target.hashCode() * 31L + version);
		byte[] bytes = new byte[1 + random.nextInt(LARGEST)];
		random.nextBytes(bytes);
		String line = "atomicwrite-rig %s %d %d\n".formatted(target, version, bytes.length);
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
		content.writeBytes(bytes);
		String digest = Checksum.of(ChecksumAlgorithm.SHA_256, content.toByteArray()).hex();
		content.writeBytes(digest.getBytes(StandardCharsets.US_ASCII));
		return content.toByteArray();
	}

}
