package io.atomicwrite.document;

import java.util.Optional;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.manifest.Stamp;

/**
 * A value of a document and where it comes from. As immutable and thread-safe as the
 * value is, which nobody may change.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param version the version of the content that holds the value, {@link Version#none()}
 * if the value is that of the defaults and no file holds it
 * @param generation a number that grows with each value of the document in this process,
 * from 1 on
 * @param source where the value comes from
 * @param stamp what the content says of its making, where the options of the document
 * have an {@link Envelope}; empty for defaults, and for a content without a stamp
 */
public record Snapshot<T>(T value, Version version, long generation, Source source, Optional<Stamp> stamp) {

	/**
	 * Where a value comes from.
	 */
	public enum Source {

		/** The file, as it was when the document was opened. */
		INITIAL,

		/** A change by this document. */
		OWN,

		/** The file, changed by someone else. */
		FOREIGN,

		/** The copy of the last valid content, as the file holds none. */
		LAST_GOOD,

		/** The defaults, as there is no file. */
		DEFAULTS

	}

}
