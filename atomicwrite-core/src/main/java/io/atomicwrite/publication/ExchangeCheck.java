package io.atomicwrite.publication;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;

/**
 * Refuses a kind of pointer that {@code latest} can't be, before anything of a version is
 * written: there is no other way for a directory than one step. For one thread.
 */
final class ExchangeCheck {

	private final Tools tools;

	private final LockRegistry locks;

	private final Path latest;

	ExchangeCheck(Tools tools, LockRegistry locks, Path latest) {
		this.tools = tools;
		this.locks = locks;
		this.latest = latest;
	}

	/** Asks whether there is a call for it, which creates nothing. */
	void requireCall() throws IOException {
		if (this.locks.scope() == LockScope.CLUSTER) {
			throw refused("it has no protection against a host that has lost its lock");
		}
		Path missing = this.latest.resolveSibling(PlainDirectory.name(this.tools.tokens().getAsLong()));
		try {
			this.tools.files().exchange(missing, missing);
		}
		catch (UnsupportedOperationException ex) {
			throw refused(String.valueOf(ex.getMessage()));
		}
		catch (NoSuchFileException ex) {
			// there is
		}
	}

	/** Tries it with a file that has two names, and leaves nothing. */
	void tryOut(Directory root, LockRequest wait) throws IOException {
		String name = PlainDirectory.name(this.tools.tokens().getAsLong());
		// without the lease a sweep would take it for what a crash has left
		try (LockLeases lease = this.locks.acquireResolved(List.of(this.latest), wait)) {
			root.createDirectory(name);
			try (Directory directory = root.open(name)) {
				tryOut(directory);
			}
			finally {
				PlainDirectory.delete(root, name);
			}
		}
	}

	private void tryOut(Directory directory) throws IOException {
		directory.createDirectory("old");
		directory.createDirectory("new");
		try (Directory old = directory.open("old"); Directory fresh = directory.open("new")) {
			old.createExclusive("file", 0600).close();
			try {
				old.linkNew("file", fresh, "link");
			}
			catch (IOException ex) {
				IoErrorKind kind = IoErrors.classify(ex);
				if (kind == IoErrorKind.NOT_PERMITTED || kind == IoErrorKind.NOT_SUPPORTED) {
					throw refused("files can't have a second name (a hard link) there");
				}
				throw ex;
			}
		}
		try {
			directory.exchange("old", "new");
		}
		catch (UnsupportedOperationException ex) {
			throw refused(String.valueOf(ex.getMessage()));
		}
		try (Directory exchanged = directory.open("old")) {
			if (exchanged.kind("link") == null) {
				throw refused("the filesystem says that it has exchanged two names, and has not");
			}
		}
	}

	private CapabilityNotSupportedException refused(String why) {
		return new CapabilityNotSupportedException(this.latest, WritePhase.GATE, Capability.ATOMIC_WRITE,
				Problem.of("a directory can't take the place of another in one step: " + why, Remedy.OTHER_POINTER));
	}

	/** A directory that stands there is replaced by no link and no file. */
	static void requireNoDirectory(Directory root) throws IOException {
		if (root.kind(VersionNames.LATEST) == FileStat.Kind.DIRECTORY) {
			throw new TargetRejectedException(root.path(VersionNames.LATEST), WritePhase.CHECK, Reason.DIRECTORY,
					Problem.of("is a directory, which neither a link nor a file can replace", Remedy.MOVE_AWAY));
		}
	}

}
