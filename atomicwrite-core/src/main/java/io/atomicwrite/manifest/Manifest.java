package io.atomicwrite.manifest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.checksum.Checksum;

/**
 * What the manifest of a file says of the content that was found. Immutable and
 * thread-safe.
 *
 * @param file the file, links resolved
 * @param location the manifest
 * @param entry what is recorded of the content that was found; empty if nothing is, as
 * the file was replaced by someone who wrote no manifest
 */
public record Manifest(Path file, Path location, Optional<Entry> entry) {

	/**
	 * Returns whether the manifest is that of the content.
	 * @return the state
	 */
	public State state() {
		return this.entry.isPresent() ? State.FITS : State.REPLACED;
	}

	/**
	 * How a manifest and its file go together.
	 */
	public enum State {

		/** The manifest has an entry with the size and the digest of the content. */
		FITS,

		/**
		 * The content is none of those in the manifest: it was changed or replaced by
		 * someone who wrote no manifest, and nothing is known about where it comes from.
		 */
		REPLACED

	}

	/**
	 * What is recorded of one content.
	 *
	 * @param source what it was made from or by, if the writer said so
	 * @param run what made it, if the writer said so
	 * @param time when it was made, if the writer said so, or else when it was written
	 * @param entries what else the writer has said
	 * @param size its size in bytes
	 * @param checksum its SHA-256
	 */
	public record Entry(Optional<String> source, Optional<String> run, Instant time, Map<String, String> entries,
			long size, Checksum checksum) {

		/**
		 * Creates an entry.
		 */
		public Entry {
			entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
		}

		static Entry of(Stamp stamp, Instant now, Content content) {
			return new Entry(stamp.source(), stamp.run(), stamp.time().orElse(now), stamp.entries(), content.size(),
					content.checksum());
		}

		/**
		 * Returns whether the writer has said where the content comes from. A write
		 * without a stamp records when it was done, and no more.
		 * @return whether there is a source, a run or another entry
		 */
		public boolean isStamped() {
			return this.source.isPresent() || this.run.isPresent() || !this.entries.isEmpty();
		}

		boolean fits(Content content) {
			return this.size == content.size() && this.checksum.equals(content.checksum());
		}

		boolean isOfSameContent(Entry other) {
			return this.size == other.size && this.checksum.equals(other.checksum);
		}

	}

}
