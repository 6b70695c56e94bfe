package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;

import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Phase 4: looks at the target again now that no cooperating writer changes it, and
 * refuses what the options do not allow.
 */
final class TargetCheck {

	private final FileOps files;

	TargetCheck(FileOps files) {
		this.files = files;
	}

	Target check(Target resolved, WriteOptions options) throws IOException {
		Target target = resolved.with(this.files.stat(resolved.path()));
		FileStat existing = target.existing();
		if (existing != null && !existing.isRegular() && !(existing.isLink() && resolved.isLink())) {
			throw new TargetRejectedException(target.path(), WritePhase.CHECK,
					"became " + existing.kind().text() + " meanwhile; nothing was written, try again", null);
		}
		if (existing != null && !options.overwrite()) {
			throw exists(target, WritePhase.CHECK);
		}
		if (options.expectedVersion().isPresent()) {
			String expected = options.expectedVersion().get().toString();
			String found = (existing != null) ? versionOf(target).toString() : null;
			if (!expected.equals(found)) {
				throw new VersionConflictException(target.path(), expected, found);
			}
		}
		return target;
	}

	private Version versionOf(Target target) throws IOException {
		try (InputStream in = this.files.openRead(target.path())) {
			return versionOf(in);
		}
	}

	static Version versionOf(InputStream in) throws IOException {
		return Version.parse(Checksum.of(ChecksumAlgorithm.SHA_256, in).hex());
	}

	static TargetExistsException exists(Target target, @Nullable WritePhase phase) {
		return new TargetExistsException(target.path(), phase,
				"exists, and the write is not to overwrite it; nothing was written, remove it or allow to overwrite",
				null);
	}

}
