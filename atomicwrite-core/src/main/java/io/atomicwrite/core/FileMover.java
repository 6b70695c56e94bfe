package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

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

	private final InstantSource clock = InstantSource.system();

	FileMover(FileOps files, TargetResolver resolver, CapabilityGate gate, LockRegistry locks, LongSupplier tokens) {
		this.files = files;
		this.resolver = resolver;
		this.gate = gate;
		this.locks = locks;
		this.tokens = tokens;
		this.sidecars = new SidecarStore(files, tokens);
	}

	WriteResult move(Path rawSource, Path rawTarget, WriteOptions options) {
		PhaseTimer timer = new PhaseTimer();
		Path named = this.resolver.absolute(rawTarget);
		Directories created = new Directories(this.files);
		boolean moved = false;
		List<LockLease> leases = new ArrayList<>(2);
		this.gate.requireAtomicWrite(named);
		try {
			Target source = source(rawSource);
			Target target = this.resolver.resolve(rawTarget, options.symlinks(), options.createDirectories());
			timer.enter(WritePhase.GATE);
			requireSameFilesystem(source, target);
			Grant grant = this.gate.check(target, options);
			timer.enter(WritePhase.LOCK);
			created.create(target);
			lock(source, target, options, leases);
			timer.enter(WritePhase.CHECK);
			Target checked = new TargetCheck(this.files).check(target, options);
			CarriedSidecars carried = new CarriedSidecars(this.files, this.sidecars, source.path(),
					options.checksum().algorithm());
			WriteOutcome outcome;
			try (DirectoryHandle to = this.files.openDirectory(target.directory());
					DirectoryHandle from = this.files.openDirectory(source.directory())) {
				timer.enter(WritePhase.SYNC);
				syncContent(source);
				timer.enter(WritePhase.COMPANIONS);
				leases.forEach(LockLease::ensureHeld);
				companions = new Companions(this.files, this.tokens, this.clock, checked, options);
				companions.write(carried.checksums(companions.prepareMove(carried)), to);
				timer.enter(WritePhase.COMMIT);
				leases.forEach(LockLease::ensureHeld);
				new Committer(this.files).commit(source.path(), checked, options.overwrite());
				moved = true;
				timer.enter(WritePhase.PUBLISH);
				outcome = publish(source, checked, to, from, options, grant);
				carried.delete();
			}
			timer.enter(WritePhase.RELEASE);
			return new WriteResult(target.path(), sizeOf(source), null, null, null, outcome, grant.levels(),
					MetadataReport.NEW_FILE, grant.warnings().texts(), timer.timings());
		}
		catch (IOException ex) {
			throw WriteErrors.failed(named, timer.current(),
					moved ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED, ex);
		}
		finally {
			if (!moved && companions != null) {
				companions.undo();
			}
			Cleanup.runAll(leases.stream().<Runnable>map((lease) -> lease::close).toArray(Runnable[]::new));
			if (!moved) {
				created.removeCreated();
			}
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
	 * Both leases, in the order of their paths, so that two moves can't wait for each
	 * other.
	 */
	private void lock(Target source, Target target, WriteOptions options, List<LockLease> leases) {
		LockRequest request = options.lock().request();
		if (request == null) {
			return;
		}
		boolean sourceFirst = source.lockKey().compareTo(target.lockKey()) < 0;
		leases.add(this.locks.acquire((sourceFirst ? source : target).lockKey(), request.forCanonicalTarget()));
		leases.add(this.locks.acquire((sourceFirst ? target : source).lockKey(), request.forCanonicalTarget()));
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

	private WriteOutcome publish(Target source, Target target, DirectoryHandle to, DirectoryHandle from,
			WriteOptions options, Grant grant) {
		try {
			if (!options.overwrite()) {
				this.files.delete(source.path());
			}
			// the new name first: with only the old one gone, a crash would lose the file
			to.sync();
			if (!grant.directorySyncTrusted()) {
				syncContent(target);
			}
			from.sync();
			return WriteOutcome.DURABLE;
		}
		catch (IOException ex) {
			return WriteErrors.notDurable(target.path(), options.safety(), grant.warnings(), ex);
		}
	}

	private static long sizeOf(Target source) {
		return (source.existing() != null) ? source.existing().size() : 0;
	}

}
