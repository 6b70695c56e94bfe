package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * The sidecars of a file that goes to another name or away: ours only, which speak of no
 * other file.
 */
final class CarriedSidecars {

	private static final int BUFFER = 64 * 1024;

	private final FileOps files;

	private final SidecarStore store;

	private final Path file;

	private final Map<ChecksumAlgorithm, ChecksumInfo> infos = new LinkedHashMap<>();

	CarriedSidecars(FileOps files, SidecarStore store, Path file, ChecksumAlgorithm configured) throws IOException {
		this.files = files;
		this.store = store;
		this.file = file;
		for (ChecksumAlgorithm algorithm : SidecarStore.candidates(configured)) {
			Path path = store.path(file, algorithm);
			String text = store.read(path);
			Sidecar sidecar = (text != null && Sidecar.isOfOneFile(text))
					? Sidecar.parse(text, algorithm, file.getFileName().toString()) : null;
			if (sidecar != null) {
				this.infos.put(algorithm, new ChecksumInfo(file, path, sidecar.current(), sidecar.previous()));
			}
		}
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.infos.keySet();
	}

	/** Computes the checksums that the file should have: damage to it stays visible. */
	SidecarTransition.Checksums checksums(Set<ChecksumAlgorithm> wanted) throws IOException {
		if (wanted.isEmpty()) {
			return (algorithm) -> null;
		}
		ContentDigests digests = new ContentDigests();
		wanted.forEach(digests::require);
		try (InputStream in = this.files.openRead(this.file)) {
			byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				digests.update(ByteBuffer.wrap(buffer, 0, read));
			}
		}
		digests.finish();
		return (algorithm) -> expected(algorithm, digests.of(algorithm));
	}

	private @Nullable Checksum expected(ChecksumAlgorithm algorithm, @Nullable Checksum found) {
		ChecksumInfo info = this.infos.get(algorithm);
		return (info == null || found == null || info.attests(found)) ? found : info.current();
	}

	/**
	 * Deletes the sidecars, the file being gone; one that is left says nothing of any
	 * file.
	 */
	void delete() {
		for (ChecksumInfo info : this.infos.values()) {
			try {
				this.store.delete(info.location());
			}
			catch (IOException ex) {
				// the next write of that name replaces it
			}
		}
	}

}
