package io.atomicwrite.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.CrashFileOps;
import io.atomicwrite.test.CrashImage;
import org.jspecify.annotations.Nullable;

/**
 * A disk after a crash, looked at with the reader of the engine.
 */
record CrashedDisk(CrashImage image) {

	private static final AtomicLong TOKENS = new AtomicLong();

	static AtomicFileTemplate writer(FileOps files, WriteOptions options) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(LockRegistry.fileBuilder().files(files).build())
			.tokens(TOKENS::incrementAndGet)
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

	/** What verifying says; that it says so of the content that is there. */
	Verdict verify(Path file, WriteOptions options) {
		try (AtomicFileTemplate reader = AtomicFileTemplate.builder()
			.files(new CrashFileOps(this.image))
			.locks(LockRegistry.none())
			.defaults(options)
			.build()) {
			byte[] content = reader.readVerified(file);
			if (!new String(content, StandardCharsets.ISO_8859_1).equals(text(file))) {
				throw new AssertionError(file + " was read as something else");
			}
			return Verdict.GOOD;
		}
		catch (ChecksumMissingException ex) {
			return Verdict.UNKNOWN;
		}
		catch (ChecksumMismatchException ex) {
			return Verdict.DAMAGED;
		}
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
