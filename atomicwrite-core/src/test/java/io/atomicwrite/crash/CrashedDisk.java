package io.atomicwrite.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.crash.CrashImage;
import org.jspecify.annotations.Nullable;

/**
 * A disk after a crash, looked at with the reader of the engine.
 */
record CrashedDisk(CrashImage image) {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

	private static final AtomicLong TOKENS = new AtomicLong();

	static AtomicFileTemplate writer(FileOps files, WriteOptions options) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(LockRegistry.fileBuilder().files(files).build())
			.tokens(TOKENS::incrementAndGet)
			.clock(CLOCK)
			.defaults(options)
			.build();
	}

	/** Staging files that a crash left: no reader looks at them. */
	static boolean isStaging(Path name) {
		Artifact artifact = ArtifactNames.parse(name.getFileName().toString());
		return artifact != null && artifact.kind() == ArtifactKind.STAGING;
	}

	@Nullable String text(Path file) {
		return this.image.text(file);
	}

	/** What verifying says. */
	Verdict verify(Path file, WriteOptions options) {
		return CrashReader.verify(this.image, file, options);
	}

	List<Path> backups() {
		List<Path> found = new ArrayList<>();
		for (Path name : this.image.names().keySet()) {
			Artifact artifact = ArtifactNames.parse(name.getFileName().toString());
			if (artifact != null && artifact.kind() == ArtifactKind.BACKUP) {
				found.add(name);
			}
		}
		return found;
	}

	enum Verdict {

		GOOD, UNKNOWN, DAMAGED

	}

}
