package io.atomicwrite.core;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What of the old file is not on the new one. Immutable and thread-safe.
 *
 * @param notCarried each kind that is known to be missing, with the reason, for a person
 * @param notExamined kinds that the old file may have had and the JDK can't see
 */
public record MetadataReport(Map<Kind, String> notCarried, Set<Kind> notExamined) {

	static final MetadataReport NEW_FILE = new MetadataReport(Map.of(), Set.of());

	/**
	 * Creates a report.
	 * @param notCarried each kind that is known to be missing, with the reason
	 * @param notExamined kinds that could not be looked at
	 */
	public MetadataReport {
		notCarried = notCarried.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(notCarried));
		notExamined = Set.copyOf(notExamined);
	}

	/**
	 * Returns whether nothing is known to be missing.
	 * @return whether all that can be seen was carried over
	 */
	public boolean complete() {
		return this.notCarried.isEmpty();
	}

	/**
	 * The kinds of metadata.
	 */
	public enum Kind {

		/** Mode bits. */
		MODE,

		/** Owner and group. */
		OWNER,

		/** Extended attributes of the user namespace. */
		USER_ATTRIBUTES,

		/** Other names of the old file: they keep the old content. */
		HARD_LINKS,

		/**
		 * An access control list, which the JDK can't see: the new file has its
		 * directory's default.
		 */
		ACL,

		/**
		 * A security label, which the JDK can't see: the new file has its directory's
		 * default.
		 */
		SECURITY_LABEL

	}

}
