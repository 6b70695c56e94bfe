package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the sidecars of files.
 */
final class SidecarStore {

	private final FileOps files;

	SidecarStore(FileOps files) {
		this.files = files;
	}

	/** Returns the name of the sidecar of a file. */
	String name(Directory directory, String file, ChecksumAlgorithm algorithm) throws IOException {
		return ArtifactNames.sidecar(file, algorithm.suffix(), NameLimit.of(this.files, directory.path(), file));
	}

	/**
	 * Returns the algorithms whose sidecars are looked for: the usual ones and one that
	 * was asked for.
	 */
	static Set<ChecksumAlgorithm> candidates(ChecksumAlgorithm asked) {
		Set<ChecksumAlgorithm> candidates = new LinkedHashSet<>();
		candidates.add(asked);
		candidates.addAll(ChecksumAlgorithm.usual());
		return candidates;
	}

	/** Returns the text of a sidecar, or {@code null} if there is none. */
	static @Nullable String read(Directory directory, String sidecar) throws IOException {
		if (!directory.exists(sidecar)) {
			return null;
		}
		try (InputStream in = directory.openRead(sidecar)) {
			return new String(in.readNBytes(Sidecar.LIMIT), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	static void delete(Directory directory, String sidecar) throws IOException {
		try {
			directory.delete(sidecar);
		}
		catch (NoSuchFileException ex) {
			// gone is gone
		}
	}

}
