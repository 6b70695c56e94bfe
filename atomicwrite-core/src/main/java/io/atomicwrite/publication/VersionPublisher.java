package io.atomicwrite.publication;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.isolation.SyncFlight;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Publishes one version, in the order that {@code docs/concepts/publications.md} gives
 * reasons for. For one thread.
 */
final class VersionPublisher {

	private static final int ATTEMPTS = 1000;

	private final Tools tools;

	private final LockRegistry locks;

	private final PublicationPointer pointer;

	private final String name;

	private final Path path;

	VersionPublisher(Tools tools, LockRegistry locks, PublicationPointer pointer, String name, Path path) {
		this.tools = tools;
		this.locks = locks;
		this.pointer = pointer;
		this.name = name;
		this.path = path;
	}

	PublishedVersion publish(VersionContent content, PublishOptions options) {
		try {
			ExchangeCheck check = new ExchangeCheck(this.tools, this.locks, this.path.resolve(VersionNames.LATEST));
			if (options.pointer() == PointerKind.DIRECTORY) {
				check.requireCall();
			}
			try (Directory root = open(this.path)) {
				requirePointer(root, options.pointer(), check);
				return publishIn(root, content, options);
			}
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	private void requirePointer(Directory root, PointerKind kind, ExchangeCheck check) throws IOException {
		if (kind == PointerKind.DIRECTORY) {
			new PlainDirectory(this.name, "").requireReplaceable(root);
			check.tryOut(root, Publication.LEASE_WAIT);
		}
		else {
			ExchangeCheck.requireNoDirectory(root);
		}
	}

	private PublishedVersion publishIn(Directory root, VersionContent content, PublishOptions options)
			throws IOException {
		return options.version().isPresent() ? publish(root, options.version().get(), content, options)
				: publish(root, content, options);
	}

	/** Opens the directory, and creates what is missing of it, each name durable. */
	private Directory open(Path directory) throws IOException {
		try {
			return this.tools.files().open(directory);
		}
		catch (NoSuchFileException ex) {
			try (Directory above = open(Objects.requireNonNull(directory.getParent()))) {
				String missing = directory.getFileName().toString();
				try {
					above.createDirectory(missing);
				}
				catch (FileAlreadyExistsException faster) {
					// its sync may still be to come, so ours counts
				}
				above.syncEntries();
				return above.open(missing);
			}
		}
	}

	/** The first time that is free, and after all versions that have a time. */
	private PublishedVersion publish(Directory root, VersionContent content, PublishOptions options)
			throws IOException {
		Instant time = this.tools.clock().instant();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String version = VersionNames.of(time.plusMillis(attempt));
			if (root.kind(VersionNames.readers(version)) != null || root.kind(version) != null) {
				continue;
			}
			try {
				return publish(root, version, content, options);
			}
			catch (TargetExistsException | LockNotAcquiredException ex) {
				if (!ex.target().equals(root.path(version))) {
					throw ex;
				}
				// another publisher has it
			}
		}
		throw new IOException("no free name for a version");
	}

	private PublishedVersion publish(Directory root, String version, VersionContent content, PublishOptions options)
			throws IOException {
		try (LockLeases lease = this.locks.acquireResolved(List.of(root.path(version)), LockRequest.failFast())) {
			if (root.kind(version) != null) {
				throw new TargetExistsException(root.path(version), WritePhase.CHECK);
			}
			begin(root, version);
			boolean done = false;
			try {
				PublishedVersion published = new PublishedVersion(version, root.path(version),
						fill(root, version, content, options, lease), true);
				root.syncEntries();
				new Latest(this.pointer, this.name).move(version, options.pointer(), lease);
				// whatever fails from here on, readers see it
				done = true;
				return published;
			}
			catch (AtomicWriteException ex) {
				// it may be named by now
				done = ex.outcome() != WriteOutcome.NOT_COMMITTED;
				if (!done && !(ex instanceof LockLostException)) {
					requireLease(lease, ex);
				}
				throw ex;
			}
			catch (IOException ex) {
				requireLease(lease, ex);
				throw ex;
			}
			finally {
				if (!done) {
					discard(root, version, lease);
				}
			}
		}
	}

	/** A lost lease explains whatever else has failed. */
	private static void requireLease(LockLeases lease, Exception failure) {
		try {
			lease.ensureHeldIfFenced();
		}
		catch (LockLostException ex) {
			ex.addSuppressed(failure);
			throw ex;
		}
	}

	/** Leaves a durable sign that the directory is ours before there is one. */
	private static void begin(Directory root, String version) throws IOException {
		String readers = VersionNames.readers(version);
		if (root.kind(readers) == null) {
			try (FileHandle file = root.createExclusive(readers, 0644)) {
				file.sync();
			}
		}
		root.syncEntries();
		root.createDirectory(version);
	}

	/** Returns when the manifest got its name. */
	private Instant fill(Directory root, String version, VersionContent content, PublishOptions options,
			LockLeases lease) throws IOException {
		VersionManifest head = new VersionManifest(this.name, version,
				options.stamp().time().orElseGet(this.tools.clock()::instant), options.stamp(), List.of(), Map.of(),
				List.of());
		try (SyncFlight flight = new SyncFlight(options.syncsInFlight());
				VersionTree tree = VersionTree.begin(this.tools, flight, root.open(version), lease);
				PreviousVersion previous = new PreviousVersion(this.tools.files(), root)) {
			content.writeTo(new VersionWriter(tree, previous));
			return tree.finish(head);
		}
	}

	private static void discard(Directory root, String version, LockLeases lease) {
		try {
			if (isHeld(lease)) {
				VersionSweep.delete(root, version);
			}
			else if (root.kind(VersionNames.readers(version)) == null) {
				// another may have a version of that name by now, but not without such a
				// file; one that was created too late for the sweep is empty
				root.delete(version);
			}
		}
		catch (IOException ex) {
			// what is left is swept: its writer is gone then
		}
	}

	private static boolean isHeld(LockLeases lease) {
		try {
			lease.ensureHeldIfFenced();
			return true;
		}
		catch (LockLostException ex) {
			return false;
		}
	}

	private WriteFailedException failed(IOException cause) {
		return new WriteFailedException(this.path.resolve(VersionNames.LATEST), WritePhase.STAGE,
				WriteOutcome.NOT_COMMITTED,
				Problem
					.of(IoErrors.text(cause) + " while writing the version",
							Remedy.of(WritePhase.STAGE, IoErrors.classify(cause)))
					.causedBy(IoErrors.classify(cause)),
				cause);
	}

}
