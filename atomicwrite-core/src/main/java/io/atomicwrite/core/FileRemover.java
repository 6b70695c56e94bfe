package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;

/**
 * Deletes a file durably.
 */
final class FileRemover {

	private final FileOps files;

	private final TargetResolver resolver;

	private final CapabilityGate gate;

	private final LockRegistry locks;

	private final SidecarStore sidecars;

	FileRemover(FileOps files, TargetResolver resolver, CapabilityGate gate, LockRegistry locks) {
		this.files = files;
		this.resolver = resolver;
		this.gate = gate;
		this.locks = locks;
		this.sidecars = new SidecarStore(files);
	}

	boolean delete(Path raw, WriteOptions given) {
		// whether an existing file may be replaced says nothing about deleting it
		WriteOptions options = given.toBuilder().overwrite(true).build();
		PhaseTimer timer = new PhaseTimer();
		boolean deleted = false;
		try {
			Target target = resolve(raw, options);
			if (!target.missing().isEmpty()) {
				return false;
			}
			timer.enter(WritePhase.GATE);
			Grant grant = this.gate.check(target, options);
			timer.enter(WritePhase.LOCK);
			try (LockLeases lease = this.locks.acquireResolved(List.of(target.lockKey()), options.lock());
					DirectoryHandle directory = this.files.openDirectory(target.directory())) {
				timer.enter(WritePhase.CHECK);
				if (!check(target, options)) {
					return false;
				}
				timer.enter(WritePhase.COMMIT);
				lease.ensureHeld();
				CarriedSidecars carried = new CarriedSidecars(this.files, this.sidecars, target.path(),
						options.checksum().algorithm());
				remove(target.path());
				deleted = true;
				timer.enter(WritePhase.PUBLISH);
				publish(target, directory, options, grant);
				carried.delete();
				return true;
			}
		}
		catch (IOException ex) {
			throw WriteErrors.failed(this.resolver.absolute(raw), timer.current(),
					deleted ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED, ex);
		}
	}

	private void remove(Path target) throws IOException {
		try {
			this.files.delete(target);
		}
		catch (IOException ex) {
			// a server may have done what it reports as failed
			if (isThere(target, ex)) {
				throw ex;
			}
		}
	}

	private boolean isThere(Path target, IOException failure) {
		try {
			return this.files.kind(target) != null;
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
			throw WriteErrors.failed(target, WritePhase.COMMIT, WriteOutcome.INDETERMINATE, failure);
		}
	}

	private Target resolve(Path raw, WriteOptions options) throws IOException {
		Target place = this.resolver.resolve(raw, SymlinkPolicy.REPLACE, true);
		if (place.isLink() && options.symlinks() != SymlinkPolicy.REPLACE) {
			throw new TargetRejectedException(place.path(), WritePhase.RESOLVE,
					"is a symbolic link; name the file itself, or delete the link with SymlinkPolicy.REPLACE", null);
		}
		return place;
	}

	private boolean check(Target target, WriteOptions options) throws IOException {
		return new TargetCheck(this.files).check(target, options).existing() != null;
	}

	private void publish(Target target, DirectoryHandle directory, WriteOptions options, Grant grant) {
		try {
			Directories.sync(this.files, directory, target.directory());
		}
		catch (IOException ex) {
			WriteErrors.notDurable(target.path(), options.safety(), grant.warnings(), ex);
		}
	}

}
