package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.Directory;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the content of a file that is there: its sidecars and its attribute.
 * If one of them contradicts the content, the content is damaged, and no other checksum
 * may be made of it that says otherwise.
 */
final class KnownContent {

	private final Directory directory;

	private final String file;

	/** Of sidecars that are ours: they speak of no other file. */
	private final Map<ChecksumAlgorithm, ChecksumInfo> infos = new LinkedHashMap<>();

	private @Nullable Checksum attribute;

	private @Nullable ContentDigests found;

	private boolean damaged;

	KnownContent(SidecarStore store, Directory directory, String file, ChecksumAlgorithm configured)
			throws IOException {
		this.directory = directory;
		this.file = file;
		for (ChecksumAlgorithm algorithm : SidecarStore.candidates(configured)) {
			String name = store.name(directory, file, algorithm);
			String text = SidecarStore.read(directory, name);
			Sidecar sidecar = (text != null && Sidecar.isOfOneFile(text)) ? Sidecar.parse(text, algorithm, file) : null;
			if (sidecar != null) {
				this.infos.put(algorithm, new ChecksumInfo(directory.path(file), directory.path(name),
						sidecar.current(), sidecar.previous()));
			}
		}
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.infos.keySet();
	}

	/** Reads the content, and holds it against all that is said of it. */
	void read(Set<ChecksumAlgorithm> wanted) throws IOException {
		if (this.found != null && this.found.algorithms().containsAll(wanted)) {
			return;
		}
		this.attribute = Sidecar.parseAttributes(this.directory.userAttributes(this.file));
		ContentDigests digests = new ContentDigests();
		wanted.forEach(digests::require);
		if (this.found != null) {
			this.found.algorithms().forEach(digests::require);
		}
		this.infos.keySet().forEach(digests::require);
		if (this.attribute != null) {
			digests.require(this.attribute.algorithm());
		}
		if (digests.algorithms().isEmpty()) {
			return;
		}
		try (InputStream in = this.directory.openRead(this.file)) {
			digests.update(in);
		}
		digests.finish();
		this.found = digests;
		this.damaged = this.attribute != null && !this.attribute.equals(digests.of(this.attribute.algorithm()));
		for (ChecksumInfo info : this.infos.values()) {
			Checksum checksum = digests.of(info.current().algorithm());
			this.damaged |= checksum == null || !info.attests(checksum);
		}
	}

	boolean isDamaged() {
		return this.damaged;
	}

	/** The checksum that the content has, or {@code null} if it is damaged. */
	@Nullable Checksum sound(ChecksumAlgorithm algorithm) {
		return this.damaged ? null : found(algorithm);
	}

	/** The checksum that the content has. */
	@Nullable Checksum found(ChecksumAlgorithm algorithm) {
		return (this.found != null) ? this.found.of(algorithm) : null;
	}

	/**
	 * The checksum that the content should have, which of damaged content is the one that
	 * was said, or none.
	 */
	@Nullable Checksum expected(ChecksumAlgorithm algorithm) {
		if (!this.damaged) {
			return found(algorithm);
		}
		ChecksumInfo info = this.infos.get(algorithm);
		return (info != null) ? info.current() : null;
	}

	/**
	 * Deletes the sidecars, the file being gone; one that is left says nothing of any
	 * file.
	 */
	void delete() {
		for (ChecksumInfo info : this.infos.values()) {
			try {
				SidecarStore.delete(this.directory, info.location().getFileName().toString());
			}
			catch (IOException ex) {
				// the next write of that name replaces it
			}
		}
	}

}
