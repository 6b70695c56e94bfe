package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Takes their staging files from all who had the lock of a target before. A rename of a
 * staging file that is gone fails with {@code ENOENT} ({@code rename(2)}), so the
 * filesystem itself keeps a writer whose lease has expired from committing.
 *
 * <p>
 * To be called with the lock held and before anything of the target is read. A writer
 * creates its staging file before it checks its lease for the last time. If that check
 * succeeded, the lock was acquired by another after it, so that this sweep finds the
 * staging file: a stale rename happens before the sweep, and what is read later is its
 * result, or it fails.
 */
public final class StagingRevocation {

	/** Writers who are about to lose their lease may create some more meanwhile. */
	private static final int ROUNDS = 64;

	private StagingRevocation() {
	}

	/**
	 * Deletes every staging file of a target and of its companions beside it, and lists
	 * them again until there is none.
	 * @param files the file operations
	 * @param target the target by its canonical path; its directory exists
	 * @param tokens what distinguishes staging files
	 * @throws IOException if one can't be deleted, or more and more appear; nobody is
	 * revoked for certain then
	 */
	public static void revoke(FileOps files, Path target, LongSupplier tokens) throws IOException {
		try (Directory directory = files.open(Objects.requireNonNull(target.getParent()))) {
			revoke(directory, target.getFileName().toString(), tokens);
		}
	}

	/**
	 * Deletes every staging file of a target and of its companions in a directory, as
	 * that of its backups, and lists them again until there is none.
	 * @param directory the directory
	 * @param name the name of the target
	 * @param tokens what distinguishes staging files
	 * @throws IOException if one can't be deleted, or more and more appear; nobody is
	 * revoked for certain then
	 */
	public static void revoke(Directory directory, String name, LongSupplier tokens) throws IOException {
		String own = ArtifactNames.staging(name, tokens.getAsLong(), NameLimit.of(directory, name));
		// a change of the directory, so that a client of a network filesystem does not
		// list what it remembers
		FileHandle marker = directory.createExclusive(own, 0600);
		try {
			marker.close();
			revoke(directory, name, own);
		}
		finally {
			delete(directory, own);
		}
	}

	private static void revoke(Directory directory, String target, String own) throws IOException {
		String stem = Objects.requireNonNull(ArtifactNames.parse(own)).stem();
		for (int round = 0; round < ROUNDS; round++) {
			List<String> found = new ArrayList<>(0);
			directory.list((name) -> {
				if (!name.equals(own) && isStagingOf(name, stem, target)) {
					found.add(name);
				}
			});
			if (found.isEmpty()) {
				return;
			}
			for (String name : found) {
				delete(directory, name);
			}
		}
		throw new IOException("staging files of " + target + " appear as fast as they are revoked");
	}

	private static boolean isStagingOf(String name, String stem, String target) {
		if (name.isEmpty() || name.charAt(0) != '.') {
			return false;
		}
		Artifact staging = ArtifactNames.parse(name);
		return staging != null && staging.kind() == ArtifactKind.STAGING
				&& (staging.stem().equals(stem) || isCompanionOf(staging.stem(), target));
	}

	/** Whether a name is that of a companion of a target, or of a companion of one. */
	private static boolean isCompanionOf(String name, String target) {
		@Nullable Artifact companion = ArtifactNames.parse(name);
		if (companion == null
				|| (companion.kind() != ArtifactKind.SIDECAR && companion.kind() != ArtifactKind.BACKUP)) {
			return false;
		}
		return companion.stems().stream().anyMatch((stem) -> stem.equals(target) || isCompanionOf(stem, target));
	}

	private static void delete(Directory directory, String name) throws IOException {
		try {
			directory.delete(name);
		}
		catch (NoSuchFileException ex) {
			// renamed or revoked meanwhile
		}
	}

}
