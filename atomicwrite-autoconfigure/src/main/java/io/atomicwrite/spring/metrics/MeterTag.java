package io.atomicwrite.spring.metrics;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;

/**
 * The tags of the meters. No value depends on the name of a file, so their number is
 * bounded.
 */
enum MeterTag implements KeyName {

	/** The name of a managed directory, or {@code other}. */
	DIRECTORY("the name of a managed directory, or `other` for everywhere else"),

	/** How something ended. */
	OUTCOME("how it ended"),

	/** The exception that a write failed with. */
	EXCEPTION("the simple name of the exception, or `none`"),

	/** The same as Micrometer's handler of observations adds it. */
	ERROR("the same as `exception`, as Micrometer adds it to every observation"),

	/** Why a write failed. */
	REASON("why it failed"),

	/** A phase of a write. */
	PHASE("the phase of the write"),

	/** A guarantee. */
	GUARANTEE("the guarantee"),

	/** What writes need. */
	REQUIRED("the level below which writes are refused: `guaranteed`, `best_effort`, `non_target`, or `none`"),

	/** Where space is free. */
	PLACE("`directory`, or `backup` for the directory of its backups"),

	/** The type of a filesystem. */
	TYPE("the type of the filesystem, such as `ext4`"),

	/** A mount point. */
	MOUNT("the mount point"),

	/** A safety policy. */
	SAFETY("the safety policy of the writes"),

	/** The state of staging files. */
	STATE("`live` in use, `orphan` without a writer, `future` with a time that has not come"),

	/** The kind of an artifact. */
	KIND("the kind of file"),

	/** The name of a document. */
	DOCUMENT("the name of a document, or `other`"),

	/** The name of a publication. */
	PUBLICATION("the name of a publication");

	private final String description;

	MeterTag(String description) {
		this.description = description;
	}

	@Override
	public String asString() {
		return name().toLowerCase(Locale.ROOT);
	}

	String description() {
		return this.description;
	}

}
