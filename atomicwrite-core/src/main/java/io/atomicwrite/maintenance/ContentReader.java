package io.atomicwrite.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileOps;

/**
 * Reads files as checksums and sidecars as text, for a recovery to compare.
 */
final class ContentReader {

	private final FileOps files;

	ContentReader(FileOps files) {
		this.files = files;
	}

	Checksum checksum(Path file, ChecksumAlgorithm algorithm) throws IOException {
		try (InputStream in = this.files.openRead(file)) {
			return Checksum.of(algorithm, in);
		}
	}

	String sidecar(Path file) throws IOException {
		try (InputStream in = this.files.openRead(file)) {
			return new String(in.readNBytes(Sidecar.LIMIT), StandardCharsets.UTF_8);
		}
	}

}
