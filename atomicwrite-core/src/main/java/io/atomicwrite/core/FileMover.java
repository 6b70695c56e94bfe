package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Moves a file to another name, atomically and durably, within one filesystem.
 */
final class FileMover {

	private final FileOps files;

	private final TargetResolver resolver;

	private final CapabilityGate gate;

	private final LockRegistry locks;

	private final LongSupplier tokens;

	private final SidecarStore sidecars;

	private final InstantSource clock;

	FileMover(FileOps files, TargetResolver resolver, CapabilityGate gate, LockRegistry locks, LongSupplier tokens,
			InstantSource clock) {
		this.files = files;
		this.resolver = resolver;
		this.gate = gate;
		this.locks = locks;
		this.tokens = tokens;
		this.clock = clock;
		this.sidecars = new SidecarStore(files);
	}

	WriteResult move(Path rawSource, Path rawTarget, WriteOptions options) {
		Path named = this.resolver.absolute(rawTarget);
		Move move = new Move(options);
		this.gate.requireAtomicWrite(named);
		try {
			Target source = source(rawSource);
			Target target = this.resolver.resolve(rawTarget, options.symlinks(), options.createDirectories());
			requireTwoFiles(source, target);
			move.timer.enter(WritePhase.GATE);
			requireSameFilesystem(source, target);
			Grant grant = this.gate.check(target, options);
			return move.run(source, target, grant);
		}
		catch (IOException ex) {
			throw move.failed(WriteErrors.failed(named, move.timer.current(),
					move.moved ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED, ex));
		}
		catch (AtomicWriteException ex) {
			throw move.failed(ex);
		}
		finally {
			move.end();
		}
	}

	private Target source(Path raw) throws IOException {
		Target source = this.resolver.resolve(raw, SymlinkPolicy.REJECT, false);
		if (source.kind() == null) {
			throw new TargetRejectedException(source.path(), WritePhase.RESOLVE,
					"does not exist and so can't be moved; nothing was changed", null);
		}
		return source.with(this.files.stat(source.path()));
	}

	/** rename(2) does nothing between two names of one file, and says that it did. */
	private void requireTwoFiles(Target source, Target target) throws IOException {
		FileStat from = source.existing();
		FileStat to = this.files.stat(target.path());
		boolean same = source.path().equals(target.path())
				|| (from != null && to != null && from.isSameFile(to) && from.isRegular() && to.isRegular());
		if (same) {
			throw new TargetRejectedException(target.path(), WritePhase.RESOLVE, "is the same file as " + source.path()
					+ "; nothing was changed, name another or delete one of its names", null);
		}
	}

	private void requireSameFilesystem(Target source, Target target) throws IOException {
		FileStat from = this.files.stat(source.directory());
		FileStat to = this.files.stat(target.ground());
		boolean sameDevice = from == null || to == null || from.device() == to.device();
		// rename(2), EXDEV: two mounts of one filesystem are as good as two filesystems
		if (!sameDevice || !mountPoint(source.directory()).equals(mountPoint(target.ground()))) {
			throw new CrossDeviceException(target.path(), WritePhase.GATE,
					"is on another filesystem than " + source.path()
							+ ", where no move is atomic; nothing was changed, write it there and delete the source",
					null);
		}
	}

	private Path mountPoint(Path directory) throws IOException {
		return this.files.mount(directory).point();
	}

	/**
	 * A rename of content that is not on disk can survive a crash that the content does
	 * not.
	 */
	private void syncContent(Target source) throws IOException {
		try (FileHandle handle = this.files.openForSync(source.path())) {
			handle.sync();
		}
	}

	private static long sizeOf(Target source) {
		return (source.existing() != null) ? source.existing().size() : 0;
	}

	/**
	 * One move under way: what it has acquired so far, and how it ends.
	 */
	private final class Move {

		private final WriteOptions options;

		private final PhaseTimer timer = new PhaseTimer();

		private final Directories created = new Directories(FileMover.this.files);

		private LockLeases leases = LockLeases.none();

		private @Nullable Companions companions;

		private boolean moved;

		private boolean indeterminate;

		Move(WriteOptions options) {
			this.options = options;
		}

		WriteResult run(Target source, Target target, Grant grant) throws IOException {
			this.timer.enter(WritePhase.LOCK);
			this.created.create(target);
			lock(source, target);
			this.timer.enter(WritePhase.CHECK);
			Target checked = new TargetCheck(FileMover.this.files).check(target, this.options);
			CarriedSidecars carried = new CarriedSidecars(FileMover.this.files, FileMover.this.sidecars, source.path(),
					this.options.checksum().algorithm());
			WriteOutcome outcome;
			Companions beside = new Companions(FileMover.this.files, FileMover.this.tokens, FileMover.this.clock,
					checked, this.options);
			this.companions = beside;
			try (DirectoryHandle to = FileMover.this.files.openDirectory(target.directory());
					DirectoryHandle from = FileMover.this.files.openDirectory(source.directory())) {
				this.timer.enter(WritePhase.SYNC);
				syncContent(source);
				this.timer.enter(WritePhase.COMPANIONS);
				accompany(beside, carried, to);
				this.timer.enter(WritePhase.COMMIT);
				this.leases.ensureHeld();
				new Committer(FileMover.this.files).commit(source.path(), checked, this.options.overwrite());
				this.moved = true;
				this.timer.enter(WritePhase.PUBLISH);
				outcome = publish(source, checked, to, from, grant);
				carried.delete();
			}
			this.timer.enter(WritePhase.RELEASE);
			return new WriteResult(target.path(), sizeOf(source), null, null, beside.backup(), outcome, grant.levels(),
					MetadataReport.NEW_FILE, grant.warnings().texts(), this.timer.timings());
		}

		private void accompany(Companions beside, CarriedSidecars carried, DirectoryHandle directory)
				throws IOException {
			this.leases.ensureHeld();
			carried.read(beside.prepareMove(carried));
			beside.write(carried::expected, directory);
		}

		/**
		 * Both leases under one deadline.
		 */
		private void lock(Target source, Target target) {
			this.leases = FileMover.this.locks.acquireResolved(List.of(source.lockKey(), target.lockKey()),
					this.options.lock());
		}

		private WriteOutcome publish(Target source, Target target, DirectoryHandle to, DirectoryHandle from,
				Grant grant) {
			try {
				if (!this.options.overwrite()) {
					FileMover.this.files.delete(source.path());
				}
				// the new name first: with only the old one gone, a crash would lose the
				// file
				Directories.sync(FileMover.this.files, to, target.directory());
				if (!grant.directorySyncTrusted()) {
					syncContent(target);
				}
				Directories.sync(FileMover.this.files, from, source.directory());
				return WriteOutcome.DURABLE;
			}
			catch (IOException ex) {
				return WriteErrors.notDurable(target.path(), this.options.safety(), grant.warnings(), ex);
			}
		}

		/** Where the rename may have happened, both contents must stay attested. */
		AtomicWriteException failed(AtomicWriteException failure) {
			this.indeterminate = failure.outcome() == WriteOutcome.INDETERMINATE;
			return failure;
		}

		void end() {
			List<Runnable> steps = new ArrayList<>();
			if (!this.moved && !this.indeterminate && this.companions != null) {
				steps.add(this.companions::undo);
			}
			steps.add(this.leases::close);
			if (!this.moved) {
				steps.add(this.created::removeCreated);
			}
			Cleanup.runAll(steps.toArray(Runnable[]::new));
		}

	}

}
