package io.atomicwrite.rig;

import java.util.Locale;
import java.util.function.Consumer;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;

/**
 * The forms of write under test; a target's name ends with the one that it is written by.
 */
enum Variant {

	/** The file alone. */
	PLAIN((options) -> {
	}),

	/** With a checksum beside it. */
	SIDECAR((options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))),

	/** With a checksum in an attribute. */
	ATTRIBUTE((options) -> options.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))),

	/** With the content before, each with a checksum beside it. */
	BACKUP((options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
		.backup(BackupPolicy.single()));

	private final Consumer<WriteOptions.Builder> changes;

	Variant(Consumer<WriteOptions.Builder> changes) {
		this.changes = changes;
	}

	void apply(WriteOptions.Builder options) {
		this.changes.accept(options);
	}

	WriteOptions options() {
		return WriteOptions.engineDefaults().with(this.changes);
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	/** Returns the variant by which a target is written, by its name. */
	static Variant ofTarget(String target) {
		return of(target.substring(target.lastIndexOf('-') + 1));
	}

}
