package io.atomicwrite.publication;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.StagingRevocation;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;

/**
 * Removes versions: those that retention does not keep, and those that were never
 * finished and whose writer is known to be gone, because its lease is free. For one
 * thread.
 */
final class VersionSweep {

	/** The lease of the pointer is held for one move. */
	private static final LockRequest SHORT_WAIT = LockRequest.waitUpTo(Duration.ofSeconds(5));

	private static final int ATTEMPTS = 8;

	private final Tools tools;

	private final Directory root;

	private final LockRegistry locks;

	private final List<String> removed = new ArrayList<>();

	private final List<String> unfinished = new ArrayList<>();

	private final List<String> inUse = new ArrayList<>();

	VersionSweep(Tools tools, Directory root, LockRegistry locks) {
		this.tools = tools;
		this.root = root;
		this.locks = locks;
	}

	VersionSweepReport run(Retention retention) throws IOException {
		List<PublishedVersion> versions = Versions.list(this.root);
		Instant young = retention.age().map(this.tools.clock().instant()::minus).orElse(Instant.MAX);
		for (PublishedVersion version : versions.subList(0, Math.max(0, versions.size() - retention.keep()))) {
			if (!version.latest() && version.published().isBefore(young)) {
				remove(version.name(), this.removed, (name) -> true);
			}
		}
		boolean marked = this.locks.leaseMarksWriter() || this.locks.scope() == LockScope.CLUSTER;
		if (marked) {
			sweepUnfinished();
		}
		if (sweepPlain(marked) || !this.removed.isEmpty() || !this.unfinished.isEmpty()) {
			this.root.syncEntries();
		}
		return new VersionSweepReport(this.removed, this.unfinished, this.inUse);
	}

	private void sweepUnfinished() throws IOException {
		List<String> found = new ArrayList<>();
		List<String> pointers = new ArrayList<>();
		this.root.list((name) -> {
			// only what a publication has begun has such a file
			String version = VersionNames.ofReaders(name);
			if (!version.isEmpty() && !isFinished(version)) {
				found.add(version);
			}
			ArtifactNames.Artifact artifact = ArtifactNames.parse(name);
			if (artifact != null && artifact.kind() == ArtifactKind.STAGING
					&& name.startsWith("." + VersionNames.LATEST + ".") && this.root.kind(name) == FileStat.Kind.LINK) {
				pointers.add(name);
			}
		});
		found.sort(Comparator.naturalOrder());
		for (String version : found) {
			remove(version, this.unfinished, (name) -> !isFinished(name));
		}
		for (String pointer : pointers) {
			sweepPointer(pointer);
		}
	}

	/**
	 * Removes directories that are not at {@code latest} any more, or never were.
	 * Programs may be in one for as long as its version is kept.
	 */
	private boolean sweepPlain(boolean marked) throws IOException {
		boolean any = false;
		for (String name : this.root.names()) {
			if (PlainDirectory.isName(name)) {
				any |= sweepPlain(name, marked);
			}
		}
		return any;
	}

	private boolean sweepPlain(String name, boolean marked) throws IOException {
		if (isNeeded(name, marked)) {
			return false;
		}
		try (LockLeases lease = lease(VersionNames.LATEST)) {
			// it may have been built and exchanged meanwhile
			if (isNeeded(name, marked)) {
				return false;
			}
			if (this.root.kind(name) == FileStat.Kind.DIRECTORY) {
				PlainDirectory.delete(this.root, name);
			}
			else {
				this.root.delete(name);
			}
			return true;
		}
		catch (LockNotAcquiredException | NoSuchFileException ex) {
			// its writer lives, or another sweep was faster
			return false;
		}
	}

	/** Whether its version is kept, or its writer may live. */
	private boolean isNeeded(String name, boolean marked) throws IOException {
		Optional<String> version = (this.root.kind(name) == FileStat.Kind.DIRECTORY)
				? PlainDirectory.version(this.root, name) : Optional.empty();
		return version.isPresent() ? isFinished(version.get()) : !marked;
	}

	/** A pointer that was about to be moved. */
	private void sweepPointer(String staging) throws IOException {
		try (LockLeases lease = lease(VersionNames.LATEST)) {
			this.root.delete(staging);
		}
		catch (LockNotAcquiredException | NoSuchFileException ex) {
			// its writer lives, or has just moved it
		}
	}

	private LockLeases lease(String name) {
		return this.locks.acquireResolved(List.of(this.root.path(name)), LockRequest.failFast());
	}

	private boolean isFinished(String version) throws IOException {
		return Versions.isFinished(this.root, version);
	}

	private void remove(String version, List<String> done, Check stillToGo) throws IOException {
		try (LockLeases lease = lease(version)) {
			Optional<ReaderLeases.Lease> excluded = ReaderLeases.exclude(this.root, version);
			if (excluded.isEmpty()) {
				this.inUse.add(version);
				return;
			}
			try (ReaderLeases.Lease readersOut = excluded.get(); LockLeases pointer = revoke(version, lease)) {
				// a rollback that came before has its lease, and one that comes now gets
				// none
				if (stillToGo.test(version) && !Versions.latest(this.root).equals(Optional.of(version))) {
					delete(version, lease);
					done.add(version);
				}
			}
		}
		catch (LockNotAcquiredException ex) {
			this.inUse.add(version);
		}
	}

	/**
	 * Where a writer may have lost its lease without having noticed: keeps it from
	 * finishing the version, and from moving the pointer to it.
	 * @return the lease of the pointer, if it is needed
	 */
	private LockLeases revoke(String version, LockLeases lease) throws IOException {
		if (!lease.isFenced()) {
			return LockLeases.none();
		}
		if (this.root.kind(version) == FileStat.Kind.DIRECTORY && !isFinished(version)) {
			StagingRevocation.revoke(this.tools.files(), this.root.path(version).resolve(VersionNames.MANIFEST),
					this.tools.tokens());
		}
		return this.locks.acquireResolved(List.of(this.root.path(VersionNames.LATEST)), SHORT_WAIT);
	}

	private void delete(String version, LockLeases lease) throws IOException {
		for (int attempt = 1;; attempt++) {
			lease.ensureHeldIfFenced();
			try {
				delete(this.root, version);
				return;
			}
			catch (DirectoryNotEmptyException ex) {
				// a writer that was revoked may be about to notice
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/** The manifest goes first: without it the rest is what was never finished. */
	static void delete(Directory root, String version) throws IOException {
		String readers = VersionNames.readers(version);
		if (root.kind(version) == FileStat.Kind.DIRECTORY) {
			try (Directory directory = root.open(version)) {
				if (directory.kind(VersionNames.MANIFEST) != null) {
					directory.delete(VersionNames.MANIFEST);
					directory.syncEntries();
				}
				deleteContent(directory);
			}
			root.delete(version);
			// the proof that the directory was ours goes once it is gone for good
			root.syncEntries();
		}
		if (root.kind(readers) != null) {
			root.delete(readers);
		}
	}

	static void deleteContent(Directory directory) throws IOException {
		for (String name : directory.names()) {
			if (directory.kind(name) == FileStat.Kind.DIRECTORY) {
				try (Directory below = directory.open(name)) {
					deleteContent(below);
				}
			}
			directory.delete(name);
		}
	}

	private interface Check {

		boolean test(String version) throws IOException;

	}

}
