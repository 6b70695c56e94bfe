package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Takes the sidecars of a file from one content to the next. They are replaced, durably,
 * before the file is, and name both contents, so that a crash between the two leaves a
 * pair that verifies.
 */
final class SidecarTransition {

	private static final int BUFFER = 64 * 1024;

	private final FileOps files;

	private final SidecarStore store;

	private final Path file;

	/** The text before, of each sidecar that is to be written. */
	private final Map<ChecksumAlgorithm, @Nullable Sidecar> before = new LinkedHashMap<>();

	private final Map<Path, @Nullable String> texts = new LinkedHashMap<>();

	private final List<Path> replaced = new ArrayList<>(0);

	private @Nullable ContentDigests oldContent;

	SidecarTransition(FileOps files, SidecarStore store, Path file) {
		this.files = files;
		this.store = store;
		this.file = file;
	}

	/**
	 * Finds the sidecars that are to be written: the one that is asked for, and those
	 * that are there, which would lie otherwise.
	 */
	void prepare(ChecksumPolicy policy) throws IOException {
		boolean asked = policy.mode() == ChecksumPolicy.Mode.SIDECAR;
		// a look costs a microsecond: one for those who keep no checksums
		Set<ChecksumAlgorithm> candidates = (policy.mode() == ChecksumPolicy.Mode.NONE) ? Set.of(policy.algorithm())
				: SidecarStore.candidates(policy.algorithm());
		for (ChecksumAlgorithm algorithm : candidates) {
			Path sidecar = this.store.path(this.file, algorithm);
			String text = this.store.read(sidecar);
			Sidecar parsed = (text != null) ? Sidecar.parse(text, algorithm, name()) : null;
			boolean wanted = asked && algorithm.equals(policy.algorithm());
			if (wanted && text != null && !Sidecar.isOfOneFile(text)) {
				throw new TargetRejectedException(this.file, WritePhase.CHECK, "its sidecar " + sidecar.getFileName()
						+ " has lines of other files, which would be lost; nothing was written, move it elsewhere",
						null);
			}
			if (wanted || (parsed != null && Sidecar.isOfOneFile(text))) {
				this.before.put(algorithm, parsed);
				this.texts.put(sidecar, text);
			}
		}
	}

	/** Adds sidecars that the file has under another name. */
	void require(Set<ChecksumAlgorithm> algorithms) throws IOException {
		for (ChecksumAlgorithm algorithm : algorithms) {
			if (!this.before.containsKey(algorithm)) {
				this.before.put(algorithm, null);
				Path sidecar = this.store.path(this.file, algorithm);
				this.texts.put(sidecar, this.store.read(sidecar));
			}
		}
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.before.keySet();
	}

	private String name() {
		return this.file.getFileName().toString();
	}

	boolean isEmpty() {
		return this.before.isEmpty();
	}

	void require(ContentDigests digests) {
		this.before.keySet().forEach(digests::require);
	}

	/**
	 * Reads the content that is at the target now: it alone may be named as the one
	 * before, whatever an older sidecar says.
	 */
	void readOldContent() throws IOException {
		ContentDigests digests = new ContentDigests();
		require(digests);
		try (InputStream in = this.files.openRead(this.file)) {
			byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				digests.update(ByteBuffer.wrap(buffer, 0, read));
			}
		}
		digests.finish();
		this.oldContent = digests;
	}

	/** The checksum that the old content should have; damage to it stays visible. */
	@Nullable Checksum expectedOld(ChecksumAlgorithm algorithm) {
		Checksum found = (this.oldContent != null) ? this.oldContent.of(algorithm) : null;
		Sidecar sidecar = this.before.get(algorithm);
		return (found == null || sidecar == null || attests(sidecar, found)) ? found : sidecar.current();
	}

	private boolean attests(Sidecar sidecar, Checksum found) {
		return new ChecksumInfo(this.file, this.file, sidecar.current(), sidecar.previous()).attests(found);
	}

	/** Replaces the sidecars; the directory is to be synced by the caller. */
	void replace(Checksums checksums, int mode) throws IOException {
		for (Map.Entry<ChecksumAlgorithm, @Nullable Sidecar> entry : this.before.entrySet()) {
			ChecksumAlgorithm algorithm = entry.getKey();
			Checksum current = Objects.requireNonNull(checksums.of(algorithm), algorithm.name());
			Checksum found = (this.oldContent != null) ? this.oldContent.of(algorithm) : null;
			Checksum expected = expectedOld(algorithm);
			// content that is damaged must not pass for the one before
			Checksum previous = (found != null && found.equals(expected) && !found.equals(current)) ? found : null;
			Path sidecar = this.store.path(this.file, algorithm);
			this.store.replace(sidecar, new Sidecar(name(), current, previous).format(), mode);
			this.replaced.add(sidecar);
		}
	}

	/** Puts back what was there, after a write that was not committed. */
	void undo(int mode) {
		for (Path sidecar : this.replaced) {
			try {
				String text = this.texts.get(sidecar);
				if (text != null) {
					this.store.replace(sidecar, text, mode);
				}
				else {
					this.store.delete(sidecar);
				}
			}
			catch (IOException ex) {
				// it names the old content as well, and so is true as it is
			}
		}
		this.replaced.clear();
	}

	/** Knows the checksums of the new content. */
	@FunctionalInterface
	interface Checksums {

		/** Returns the checksum, or {@code null} if it was not computed. */
		@Nullable Checksum of(ChecksumAlgorithm algorithm);

	}

}
