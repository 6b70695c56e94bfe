package io.atomicwrite.core;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What of the old file is not on the new one. Immutable and thread-safe.
 *
 * @param notCarried each kind that is known to be missing, with the reason, for a person
 * @param notExamined kinds that the old file may have had and that were not looked for,
 * or could not be
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
	 * Returns whether nothing of the old file is missing.
	 * @return whether all kinds were looked at, and nothing was lost
	 */
	public boolean complete() {
		return this.notCarried.isEmpty() && this.notExamined.isEmpty();
	}

	/**
	 * The kinds of metadata that may be lost. {@code docs/reference/metadata.md} says
	 * when.
	 */
	public enum Kind {

		/** Mode bits: dropped, or not kept by the filesystem. */
		MODE("mode"),

		/** The owner. */
		OWNER("owner"),

		/** The group. */
		GROUP("group"),

		/** Extended attributes of the user namespace. */
		USER_ATTRIBUTES("user attributes"),

		/** Other names of the old file: they keep the old content. */
		HARD_LINKS("hard links"),

		/** The access control list: nobody but the owner may access the new file then. */
		ACL("access control list"),

		/** The label of a security module: the new file has the one of a new file. */
		SECURITY_LABEL("security label"),

		/** File capabilities. */
		CAPABILITIES("capabilities"),

		/** Inode flags, which {@code chattr} sets. */
		INODE_FLAGS("inode flags"),

		/** Regions of the old file that took no space on the disk. */
		SPARSE_REGIONS("sparse regions");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		/**
		 * Returns the kind in words.
		 * @return the words
		 */
		public String text() {
			return this.text;
		}

	}

}
