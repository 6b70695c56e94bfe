package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Reads and replaces the sidecars of files.
 */
final class SidecarStore {

	private final FileOps files;

	SidecarStore(FileOps files) {
		this.files = files;
	}

	Path path(Path file, ChecksumAlgorithm algorithm) throws IOException {
		Path directory = directory(file);
		String name = file.getFileName().toString();
		return directory
			.resolve(ArtifactNames.sidecar(name, algorithm.suffix(), NameLimit.of(this.files, directory, name)));
	}

	private static Path directory(Path file) {
		Path directory = file.getParent();
		if (directory == null) {
			throw new IllegalArgumentException(file + " is no file");
		}
		return directory;
	}

	/**
	 * The algorithms whose sidecars are looked for: the usual ones and one that was asked
	 * for.
	 */
	static Set<ChecksumAlgorithm> candidates(ChecksumAlgorithm asked) {
		Set<ChecksumAlgorithm> candidates = new LinkedHashSet<>();
		candidates.add(asked);
		candidates.addAll(ChecksumAlgorithm.usual());
		return candidates;
	}

	/** Returns the text of a sidecar, or {@code null} if there is none. */
	@Nullable String read(Path sidecar) throws IOException {
		if (!this.files.exists(sidecar)) {
			return null;
		}
		try (InputStream in = this.files.openRead(sidecar)) {
			return new String(in.readNBytes(Sidecar.LIMIT), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/** Replaces a sidecar, synced; its directory is to be synced by the caller. */
	void replace(Path sidecar, String text, int mode, LongSupplier tokens) throws IOException {
		StagingFile staging = StagingFile.create(this.files, directory(sidecar), sidecar.getFileName().toString(), mode,
				tokens);
		try {
			// the lease of the target does not tell of the staging file of its sidecar
			staging.markAlive();
			staging.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
			staging.sync();
			staging.close();
			this.files.rename(staging.path(), sidecar);
		}
		catch (Throwable ex) {
			staging.discard();
			throw ex;
		}
	}

	void delete(Path sidecar) throws IOException {
		try {
			this.files.delete(sidecar);
		}
		catch (NoSuchFileException ex) {
			// gone is gone
		}
	}

}
