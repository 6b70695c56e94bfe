package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;

/**
 * What says which content a file has.
 */
enum Witness {

	/** A sidecar by SHA-256. */
	SHA_256(ChecksumAlgorithm.SHA_256),

	/** A sidecar by SHA-384. */
	SHA_384(ChecksumAlgorithm.SHA_384),

	/** A sidecar by SHA-512. */
	SHA_512(ChecksumAlgorithm.SHA_512),

	/** An attribute. */
	ATTRIBUTE(ChecksumAlgorithm.SHA_256);

	static final List<Witness> SIDECARS = List.of(SHA_256, SHA_384, SHA_512);

	private final ChecksumAlgorithm algorithm;

	Witness(ChecksumAlgorithm algorithm) {
		this.algorithm = algorithm;
	}

	Path sidecar(Path file) {
		return file.resolveSibling(file.getFileName() + "." + this.algorithm.suffix());
	}

	/** Lets it say that a file has a content. */
	void attest(Path file, String content) throws IOException {
		String hex = Checksum.of(this.algorithm, content.getBytes(StandardCharsets.UTF_8)).hex();
		if (this == ATTRIBUTE) {
			Files.setAttribute(file, "user:atomicwrite." + this.algorithm.suffix(), hex.getBytes());
		}
		else {
			Files.writeString(sidecar(file), hex + "  " + file.getFileName() + "\n");
		}
	}

	/** Whether its sidecar says, of now or of before, that a file has a content. */
	boolean attests(Path file, String content) throws IOException {
		return Files.readString(sidecar(file))
			.contains(Checksum.of(this.algorithm, content.getBytes(StandardCharsets.UTF_8)).hex());
	}

}
