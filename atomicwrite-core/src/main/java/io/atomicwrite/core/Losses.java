package io.atomicwrite.core;

import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.IoErrors;

/**
 * Collects what a new file does not have of an old one.
 */
final class Losses {

	private final Map<Kind, String> notCarried = new EnumMap<>(Kind.class);

	private final Set<Kind> notExamined = EnumSet.noneOf(Kind.class);

	private boolean ownerGiven;

	static Kind kind(FileTrait trait) {
		return switch (trait) {
			case ACCESS_LIST -> Kind.ACL;
			case LABEL -> Kind.SECURITY_LABEL;
			case CAPABILITIES -> Kind.CAPABILITIES;
			case FLAGS -> Kind.INODE_FLAGS;
			case HOLES -> Kind.SPARSE_REGIONS;
		};
	}

	/** Notes that the file belongs to another user than its creator now. */
	void giveOwner() {
		this.ownerGiven = true;
	}

	boolean isOwnerGiven() {
		return this.ownerGiven;
	}

	/** Notes a loss that no policy forbids. */
	void add(Kind kind, String why) {
		this.notCarried.merge(kind, why, (first, second) -> first + "; " + second);
	}

	/** Notes a loss, or fails if it is not to be. */
	void add(Kind kind, String what, IOException cause, MetadataPolicy policy) throws IOException {
		if (policy == MetadataPolicy.REQUIRE) {
			throw cause;
		}
		add(kind, what + ": " + IoErrors.text(cause));
	}

	void unknown(Set<FileTrait> traits) {
		traits.forEach((trait) -> this.notExamined.add(kind(trait)));
	}

	void unknown(FileTraits traits) {
		unknown(traits.unknown());
	}

	MetadataReport report() {
		return new MetadataReport(this.notCarried, this.notExamined);
	}

}
