package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.Target.Request;
import io.atomicwrite.core.WriteAttempt.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;

/**
 * The first four phases of every change: its target is resolved, granted, leased and
 * looked at. Nothing but directories is created.
 *
 * @param resolver finds the target
 * @param guard may refuse a directory
 * @param gate knows what the directory promises
 * @param locks what grants leases
 * @param listeners what is notified
 * @param inFlight the operations that have not ended
 * @param syncs how directories are synced
 */
record Entrance(TargetResolver resolver, DirectoryGuard guard, CapabilityGate gate, LockRegistry locks,
		WriteListeners listeners, InFlight inFlight, DirectorySyncs syncs) {

	/** A wait that long means that someone else had the lease. */
	static final Duration CONTENDED = Duration.ofMillis(1);

	Operation start(Kind kind, Path raw) {
		return Operation.start(new WriteAttempt(kind, this.resolver.absolute(raw)), this.listeners, this.inFlight);
	}

	/** Refuses file operations that can't replace a file in one step. */
	void requireAtomicWrite(Path raw) {
		this.gate.requireAtomicWrite(this.resolver.absolute(raw));
	}

	/** Runs the first phase: nothing is changed or locked yet. */
	WriteProtocol.Resolved resolve(Path raw, Request request, WriteOptions options) {
		Operation operation = start(Kind.WRITE, raw);
		try {
			requireAtomicWrite(raw);
			Target target = operation.resolved(this.resolver.resolve(request, operation.undo()));
			return new WriteProtocol.Resolved(operation, target, options);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Runs phases 2 to 4 for a target, and for what else changes with it. */
	Site enter(Operation operation, WriteOptions options, Target target, Target... others) throws IOException {
		operation.enter(WritePhase.GATE);
		this.guard.check(this.resolver.absolute(target.request().raw()), target.path(), options);
		Grant grant = this.gate.check(target, options);
		operation.enter(WritePhase.LOCK);
		Directory directory = Directories.create(target, operation.undo(), this.syncs);
		List<Target> all = new ArrayList<>(List.of(others));
		all.add(target);
		List<Path> keys = new ArrayList<>(all.size());
		for (Target each : all) {
			keys.add(each.lockKey());
			if (this.locks.scope() == LockScope.CLUSTER) {
				// of a link that is replaced: its staging files are to be revoked as well
				keys.add(each.path());
			}
		}
		LockLeases leases = operation.acquire(this.locks, keys, options.lock());
		operation.undo().always(leases::close);
		if (leases.waited().compareTo(CONTENDED) > 0) {
			for (Target each : all) {
				this.resolver.requireUnchanged(each, operation.undo());
			}
		}
		operation.enter(WritePhase.CHECK);
		return new Site(operation, options, grant, leases,
				TargetCheck.check(target, directory, options, grant.isLocal()),
				new ChangedDirectories(target.path(), options.safety(), grant, operation.undo(), this.syncs));
	}

	/** Returns the same with another way to sync directories. */
	Entrance with(DirectorySyncs other) {
		return new Entrance(this.resolver, this.guard, this.gate, this.locks, this.listeners, this.inFlight, other);
	}

}
