package io.atomicwrite.rig;

import java.util.Locale;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;

/**
 * The forms of write under test; a target's name ends with the one that it is written by.
 */
enum Variant {

	/** The file alone. */
	PLAIN(WriteOptions.engineDefaults()),

	/** With a checksum beside it. */
	SIDECAR(WriteOptions.engineDefaults()
		.toBuilder()
		.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
		.build()),

	/** With a checksum in an attribute. */
	ATTRIBUTE(WriteOptions.engineDefaults()
		.toBuilder()
		.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))
		.build()),

	/** With the content before, each with a checksum beside it. */
	BACKUP(SIDECAR.options.toBuilder().backup(BackupPolicy.single()).build());

	private final WriteOptions options;

	Variant(WriteOptions options) {
		this.options = options;
	}

	WriteOptions options() {
		return this.options;
	}

	String target(int writer) {
		return "w%02d-%s".formatted(writer, name().toLowerCase(Locale.ROOT));
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	/** Returns the variant by which a target is written, by its name. */
	static Variant ofTarget(String target) {
		return of(target.substring(target.lastIndexOf('-') + 1));
	}

}
