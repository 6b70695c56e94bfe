package io.atomicwrite.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Manifest.Entry;

/**
 * Reads manifests and holds them against their files. What a writer replaces meanwhile is
 * not taken for a file that someone else has replaced: a pair that does not fit is read
 * again, and in the end under the lease. Thread-safe.
 */
public final class ManifestReader {

	private static final int ATTEMPTS = 5;

	private static final long PAUSE_NANOS = 500_000L;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final FileOps files;

	private final LockRegistry locks;

	private final CompanionNames companions;

	/**
	 * Creates a reader.
	 * @param files the file operations
	 * @param locks the registry of the writers
	 * @param companions the spelling that is preferred; a manifest of the other is found
	 * too
	 */
	public ManifestReader(FileOps files, LockRegistry locks, CompanionNames companions) {
		this.files = files;
		this.locks = locks;
		this.companions = companions;
	}

	/**
	 * Reads the manifest of a file, and the file as far as it can be one of the recorded
	 * contents, in constant memory.
	 * @param file the file; links are followed
	 * @return the manifest, or empty if there is none
	 * @throws IOException if the file or its manifest can't be read
	 */
	public Optional<Manifest> read(Path file) throws IOException {
		// a manifest lies beside the file that links lead to
		Path canonical = this.files.canonical(file);
		for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
			Optional<Manifest> found = attempt(canonical);
			if (found.isEmpty() || found.get().state() == Manifest.State.FITS) {
				return found;
			}
			LockSupport.parkNanos(PAUSE_NANOS << attempt);
		}
		try (LockLease lease = leaseOrNone(canonical)) {
			return attempt(canonical);
		}
	}

	/** Who may not create a lock file has tried often enough without. */
	private LockLease leaseOrNone(Path file) {
		try {
			return this.locks.acquire(CanonicalTarget.of(this.files, file).path(), LockRequest.waitUpTo(PATIENCE));
		}
		catch (AtomicWriteException | IOException ex) {
			return LockLease.none(file);
		}
	}

	/** The file is opened before its manifest is read, which is replaced before it is. */
	private Optional<Manifest> attempt(Path file) throws IOException {
		Path parent = file.getParent();
		Path name = file.getFileName();
		try (InputStream in = this.files.openRead(file)) {
			if (parent == null || name == null) {
				return Optional.empty();
			}
			try (Directory directory = this.files.open(parent)) {
				List<ManifestFile> manifests = ManifestFile.of(directory, name.toString(), this.companions);
				return manifests.isEmpty() ? Optional.empty() : Optional.of(compare(directory, file, in, manifests));
			}
		}
	}

	private static Manifest compare(Directory directory, Path file, InputStream in, List<ManifestFile> manifests)
			throws IOException {
		List<Entry> entries = manifests.stream().flatMap((manifest) -> manifest.entries().stream()).toList();
		Content content = Content.of(in, entries);
		for (ManifestFile manifest : manifests) {
			for (Entry entry : manifest.entries()) {
				if (entry.fits(content)) {
					return new Manifest(file, directory.path(manifest.name()), Optional.of(entry));
				}
			}
		}
		return new Manifest(file, directory.path(manifests.get(0).name()), Optional.empty());
	}

}
