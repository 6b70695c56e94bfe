package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;
import org.jspecify.annotations.Nullable;

/**
 * One write under way: what it has acquired so far, and how it ends. Whatever ends it
 * gives everything back.
 */
final class PendingWrite {

	private final FileOps files;

	private final WriteOptions options;

	private final WriteAttempt attempt;

	private final WriteListeners listeners;

	private final Consumer<PendingWrite> done;

	private final PhaseTimer timer = new PhaseTimer();

	private final Directories directories;

	private final AtomicReference<State> state = new AtomicReference<>(State.BEGINNING);

	private final ContentDigests digests = new ContentDigests();

	private @Nullable Target target;

	private @Nullable Grant grant;

	private LockLeases lease = LockLeases.none();

	private @Nullable DirectoryHandle directory;

	private @Nullable StagingFile staging;

	private @Nullable Companions companions;

	private long size;

	private boolean marked;

	private boolean committed;

	PendingWrite(FileOps files, Path absolute, WriteOptions options, WriteListeners listeners,
			Consumer<PendingWrite> done) {
		this.files = files;
		this.options = options;
		this.attempt = new WriteAttempt(absolute);
		this.listeners = listeners;
		this.done = done;
		this.directories = new Directories(files);
		if (options.digest() || options.expectedVersion().isPresent()) {
			this.digests.require(ChecksumAlgorithm.SHA_256);
		}
	}

	void start() {
		this.listeners.started(this.attempt);
	}

	void enter(WritePhase phase) {
		this.timer.enter(phase);
	}

	Target resolved(Target resolved) {
		this.target = resolved;
		return resolved;
	}

	Grant granted(Grant granted) {
		this.grant = granted;
		return granted;
	}

	void locked(LockLeases acquired) {
		this.lease = acquired;
	}

	void createDirectories() throws IOException {
		this.directories.create(target());
	}

	/**
	 * Opens the directory before anything is written: one that can't be read can't be
	 * synced either, and that must not be found out after the commit.
	 */
	void openDirectory(Grant granted) throws IOException {
		try {
			this.directory = this.files.openDirectory(target().directory());
		}
		catch (IOException ex) {
			boolean impossible = !granted.directorySyncTrusted();
			if (this.options.safety() == SafetyPolicy.STRICT && !impossible) {
				if (IoErrors.classify(ex) == IoErrors.Kind.ACCESS_DENIED) {
					throw new CapabilityNotSupportedException(target().path(), WritePhase.STAGE,
							Capability.DIRECTORY_SYNC,
							"its directory can't be read by this user and so can't be synced; "
									+ "nothing was written, add read permission on the directory or relax the safety policy");
				}
				throw ex;
			}
			if (this.options.safety() == SafetyPolicy.WARN && !impossible) {
				granted.warnings()
					.add("its directory can't be opened to be synced (" + IoErrors.text(ex)
							+ "): what is written may not survive a crash");
			}
		}
	}

	/** Finds out what has to stand beside the new file. */
	void accompany(Companions found) throws IOException {
		this.companions = found;
		found.prepare(this.digests);
	}

	/**
	 * Without a lease that marks its writer as alive, the staging file must be locked.
	 */
	void staged(StagingFile created, boolean leaseMarksWriter) {
		this.staging = created;
		this.marked = this.options.lock().isNone() || !leaseMarksWriter;
		if (this.marked) {
			created.markAlive();
		}
	}

	/** Hands the write over to its caller, unless the template was closed meanwhile. */
	void opened() {
		if (!this.state.compareAndSet(State.BEGINNING, State.OPEN)) {
			throw ended();
		}
	}

	Target target() {
		return required(this.target);
	}

	void write(ByteBuffer bytes) throws IOException {
		if (this.state.get() != State.OPEN) {
			throw new IOException("the write to " + this.attempt.target() + " has ended");
		}
		this.digests.update(bytes);
		int length = bytes.remaining();
		required(this.staging).write(bytes);
		this.size += length;
	}

	/** Runs the phases after the content. */
	WriteResult commit() {
		try {
			StagingFile file = required(this.staging);
			Grant granted = required(this.grant);
			Companions beside = required(this.companions);
			this.digests.finish();
			enter(WritePhase.METADATA);
			beside.attach(file.path(), this.digests);
			MetadataReport metadata = new MetadataPreserver(this.files).apply(file.path(), target(), this.options,
					granted);
			enter(WritePhase.SYNC);
			file.sync();
			boolean syncAgain = !granted.directorySyncTrusted();
			// its lock tells that the writer lives, until it has the target's name
			if (!syncAgain && !this.marked) {
				file.close();
			}
			enter(WritePhase.COMPANIONS);
			if (beside.isNeeded()) {
				ensureLeaseHeld();
				beside.write(this.digests, this.directory);
			}
			enter(WritePhase.COMMIT);
			ensureLeaseHeld();
			if (!this.state.compareAndSet(State.OPEN, State.COMMITTING)) {
				throw ended();
			}
			new Committer(this.files).commit(file.path(), target(), this.options.overwrite());
			this.committed = true;
			enter(WritePhase.PUBLISH);
			WriteOutcome outcome = publish(file, syncAgain);
			enter(WritePhase.RELEASE);
			beside.prune(granted.warnings());
			return finish(released(outcome), metadata);
		}
		catch (Throwable ex) {
			throw fail(ex);
		}
	}

	private void ensureLeaseHeld() {
		this.lease.ensureHeld();
	}

	private WriteOutcome publish(StagingFile file, boolean syncAgain) {
		try {
			if (!this.options.overwrite()) {
				deleteSecondName(file);
			}
			if (this.directory != null) {
				Directories.sync(this.files, this.directory, target().directory());
			}
			if (syncAgain) {
				// where the sync of a directory may be a no-op, that of the file may do
				// it
				file.sync();
			}
			file.close();
			return (this.directory != null) ? WriteOutcome.DURABLE : WriteOutcome.VISIBLE_NOT_DURABLE;
		}
		catch (IOException ex) {
			return WriteErrors.notDurable(target().path(), this.options.safety(), required(this.grant).warnings(), ex);
		}
	}

	/**
	 * ext4 that gave up its journal may say that a sync succeeded whose transaction
	 * failed, and refuses the next change: that of the lock file.
	 */
	private WriteOutcome released(WriteOutcome outcome) {
		closeLease();
		IOException left = this.lease.leftover().orElse(null);
		if (left == null || outcome != WriteOutcome.DURABLE || !IoErrors.isOfDeadFilesystem(left)) {
			return outcome;
		}
		return WriteErrors.notDurable(target().path(), this.options.safety(), required(this.grant).warnings(), left);
	}

	/** The link left the staging file its name; it is in nobody's way. */
	private void deleteSecondName(StagingFile file) {
		try {
			this.files.delete(file.path());
		}
		catch (IOException ex) {
			required(this.grant).warnings()
				.add("the staging file " + file.path().getFileName()
						+ " could not be deleted and is left to housekeeping: " + IoErrors.text(ex));
		}
	}

	private WriteResult finish(WriteOutcome outcome, MetadataReport metadata) {
		this.state.set(State.ENDED);
		release(null);
		Grant granted = required(this.grant);
		Checksum version = this.digests.of(ChecksumAlgorithm.SHA_256);
		Companions beside = required(this.companions);
		WriteResult result = new WriteResult(target().path(), this.size, (version != null) ? version.hex() : null,
				beside.result(this.digests), beside.backup(), outcome, granted.levels(), metadata,
				granted.warnings().texts(), this.timer.timings());
		this.listeners.completed(this.attempt, result);
		return result;
	}

	/**
	 * Ends the write after a failure.
	 * @return what to throw: the failure itself, or for an I/O error an exception that
	 * says what became of the target
	 */
	RuntimeException fail(Throwable failure) {
		RuntimeException thrown = translate(failure);
		Throwable reported = (failure instanceof Error) ? failure : thrown;
		if (this.state.getAndSet(State.ENDED) != State.ENDED) {
			release(reported);
			this.listeners.failed(this.attempt, reported);
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return thrown;
	}

	private RuntimeException translate(Throwable failure) {
		if (failure instanceof RuntimeException ex) {
			return ex;
		}
		Path path = (this.target != null) ? this.target.path() : this.attempt.target();
		IOException cause = (failure instanceof IOException ex) ? ex : new IOException(failure);
		return WriteErrors.failed(path, this.timer.current(),
				this.committed ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED, cause);
	}

	/**
	 * Ends the write without a commit, unless it has ended; the old target stands. One
	 * that has not begun altogether ends where it is about to.
	 */
	boolean discard() {
		if (this.state.compareAndSet(State.BEGINNING, State.CANCELLED)) {
			return true;
		}
		if (!this.state.compareAndSet(State.OPEN, State.ENDED)) {
			return false;
		}
		release(null);
		this.listeners.discarded(this.attempt);
		return true;
	}

	/** Ends a write that its caller forgot. */
	void discardLeaked() {
		if (discard()) {
			this.listeners.leaked(this.attempt.target());
		}
	}

	private IllegalStateException ended() {
		return new IllegalStateException("the write to " + this.attempt.target() + " has ended");
	}

	private void release(@Nullable Throwable failure) {
		boolean gone = !this.committed && !isIndeterminate(failure);
		Cleanup.runAll(() -> releaseStaging(gone, failure), () -> takeBack(gone), this::closeDirectory,
				this::closeLease, () -> {
					if (gone) {
						this.directories.removeCreated();
					}
				}, () -> this.done.accept(this));
	}

	private void releaseStaging(boolean gone, @Nullable Throwable failure) {
		if (this.staging != null) {
			IOException left = gone ? this.staging.discard() : closeStaging(this.staging);
			if (left != null && failure != null) {
				failure.addSuppressed(left);
			}
		}
	}

	private void takeBack(boolean gone) {
		if (gone && this.companions != null) {
			this.companions.undo();
		}
	}

	private void closeLease() {
		this.lease.close();
	}

	/** Where the rename may have happened, the name is not ours to delete. */
	private static boolean isIndeterminate(@Nullable Throwable failure) {
		return failure instanceof AtomicWriteException ex && ex.outcome() == WriteOutcome.INDETERMINATE;
	}

	private static @Nullable IOException closeStaging(StagingFile file) {
		try {
			file.close();
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private void closeDirectory() {
		if (this.directory != null) {
			try {
				this.directory.close();
			}
			catch (IOException ex) {
				// opened for reading only: nothing can be lost by it
			}
		}
	}

	private static <T> T required(@Nullable T value) {
		if (value == null) {
			throw new IllegalStateException("the write has not come that far");
		}
		return value;
	}

	private enum State {

		BEGINNING, CANCELLED, OPEN, COMMITTING, ENDED

	}

}
