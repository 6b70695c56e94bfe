package io.atomicwrite.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.atomicwrite.artifact.CompanionNames;
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
	private final Map<SidecarName, ChecksumInfo> infos = new LinkedHashMap<>();

	private @Nullable Checksum attribute;

	private @Nullable ContentDigests found;

	private boolean damaged;

	KnownContent(Directory directory, String file, ChecksumAlgorithm configured, CompanionNames spelling)
			throws IOException {
		this(directory, file, configured, spelling, (name) -> Sidecars.read(directory, name.name()));
	}

	/**
	 * Creates what is known of a file some of whose sidecars have been read.
	 * @param texts reads a sidecar, or knows what it holds
	 */
	KnownContent(Directory directory, String file, ChecksumAlgorithm configured, CompanionNames spelling, Texts texts)
			throws IOException {
		this.directory = directory;
		this.file = file;
		for (SidecarName name : SidecarName.all(directory, file, Sidecars.candidates(configured), spelling)) {
			String text = texts.of(name);
			Sidecar sidecar = (text != null && Sidecar.isOfOneFile(text)) ? name.parse(text) : null;
			if (sidecar != null) {
				this.infos.put(name, new ChecksumInfo(directory.path(file), directory.path(name.name()),
						sidecar.current(), sidecar.previous()));
			}
		}
	}

	/**
	 * Returns the algorithms of the sidecars that the file has.
	 * @return the algorithms
	 */
	Set<ChecksumAlgorithm> algorithms() {
		return this.infos.keySet().stream().map(SidecarName::algorithm).collect(Collectors.toSet());
	}

	/**
	 * Reads the content and compares it with all that is recorded about it.
	 * @param wanted the algorithms of the checksums that are to be computed as well
	 * @throws IOException if it can't be read
	 */
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
		algorithms().forEach(digests::require);
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

	/**
	 * Returns whether a sidecar or the attribute contradicts the content.
	 * @return whether it is damaged; {@code false} before it was read
	 */
	boolean isDamaged() {
		return this.damaged;
	}

	/**
	 * Returns the checksum of the content.
	 * @param algorithm the algorithm
	 * @return the checksum, or {@code null} if the content is damaged or the checksum was
	 * not computed
	 */
	@Nullable Checksum sound(ChecksumAlgorithm algorithm) {
		return this.damaged ? null : found(algorithm);
	}

	/** The checksum that the content has. */
	@Nullable Checksum found(ChecksumAlgorithm algorithm) {
		return (this.found != null) ? this.found.of(algorithm) : null;
	}

	/**
	 * Returns the checksum that the content should have: for damaged content the recorded
	 * one.
	 * @param algorithm the algorithm
	 * @return the checksum, or {@code null} if none is known
	 */
	@Nullable Checksum expected(ChecksumAlgorithm algorithm) {
		if (!this.damaged) {
			return found(algorithm);
		}
		for (ChecksumInfo info : this.infos.values()) {
			if (info.current().algorithm().equals(algorithm)) {
				return info.current();
			}
		}
		return null;
	}

	/**
	 * Deletes the sidecars after the file was deleted. One that can't be deleted is
	 * ignored: it describes no file, and the next write of that name replaces it.
	 */
	void delete() {
		for (ChecksumInfo info : this.infos.values()) {
			try {
				Sidecars.delete(this.directory, info.location().getFileName().toString());
			}
			catch (IOException ex) {
				// the next write of that name replaces it
			}
		}
	}

	/** Has the texts of sidecars. */
	@FunctionalInterface
	interface Texts {

		/** Returns the text, or {@code null} if there is no such sidecar. */
		@Nullable String of(SidecarName sidecar) throws IOException;

	}

}
