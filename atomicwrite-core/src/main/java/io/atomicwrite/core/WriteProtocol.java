package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.Target.Request;
import io.atomicwrite.core.WriteAttempt.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;

/**
 * The one protocol of everything that changes a target. Each {@code begin} runs the
 * phases before the change, {@link #commit} those after it, and every step registers its
 * way back when it is done. {@code docs/concepts/write-protocol.md} explains the order.
 */
record WriteProtocol(Tools tools, TargetResolver resolver, CapabilityGate gate, LockRegistry locks,
		WriteListeners listeners, InFlight inFlight) {

	/** A wait that long means that someone else had the lease. */
	private static final Duration CONTENDED = Duration.ofMillis(1);

	/** Begins a write: runs the phases up to an empty staging file. */
	PendingWrite begin(Path raw, WriteOptions options) {
		Operation operation = start(Kind.WRITE, raw);
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(raw));
			Target target = operation.resolved(this.resolver.resolve(Request.of(raw, options), operation.undo()));
			Site site = enter(operation, options, target);
			ContentDigests digests = new ContentDigests(options);
			Companions companions = Companions.ofWrite(this.tools, site, digests);
			operation.enter(WritePhase.STAGE);
			site.changed().open(site.place().directory());
			StagingFile staging = StagingFile.create(this.tools, site.place().directory(), target.name(),
					MetadataPreserver.createMode(site.place().existing(), options));
			site.undo().unlessCommitted(staging::discard);
			site.undo().always(staging::close);
			boolean marked = options.lock().isNone() || !this.locks.leaseMarksWriter();
			PendingWrite write = new PendingWrite(site, staging, digests, companions, marked);
			operation.opened();
			return write;
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Begins a move within one filesystem. */
	FileMove beginMove(Path rawSource, Path rawTarget, WriteOptions options) {
		Operation operation = start(Kind.MOVE, rawTarget);
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(rawTarget));
			Target source = this.resolver.resolveSource(rawSource, operation.undo());
			Target target = operation.resolved(this.resolver.resolve(Request.of(rawTarget, options), operation.undo()));
			TargetCheck.requireTwoFiles(source, target);
			operation.enter(WritePhase.GATE);
			this.gate.requireSameFilesystem(source, target);
			Site site = enter(operation, options, target, source);
			Place moved = TargetCheck.checkSource(source, source.ground(), site.place());
			Companions companions = Companions.ofMove(this.tools, site, moved);
			operation.enter(WritePhase.STAGE);
			site.changed().open(site.place().directory());
			site.changed().open(source.ground());
			operation.opened();
			return new FileMove(site, moved, companions);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Begins a delete, unless there is nothing to delete. */
	Optional<FileRemoval> beginDelete(Path raw, WriteOptions options) {
		Operation operation = start(Kind.DELETE, raw);
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(raw));
			Target target = operation.resolved(this.resolver.resolveName(raw, options.symlinks(), operation.undo()));
			if (!target.missing().isEmpty()) {
				operation.opened();
				operation.discard();
				return Optional.empty();
			}
			Site site = enter(operation, options, target);
			Companions companions = Companions.ofDelete(this.tools, site);
			operation.enter(WritePhase.STAGE);
			site.changed().open(site.place().directory());
			operation.opened();
			if (site.place().existing() == null) {
				operation.discard();
				return Optional.empty();
			}
			return Optional.of(new FileRemoval(site, companions));
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	private Operation start(Kind kind, Path raw) {
		return Operation.start(new WriteAttempt(kind, this.resolver.absolute(raw)), this.listeners, this.inFlight);
	}

	/** Runs phases 2 to 4 for a target, and for what else changes with it. */
	private Site enter(Operation operation, WriteOptions options, Target target, Target... others) throws IOException {
		operation.enter(WritePhase.GATE);
		Grant grant = this.gate.check(target, options);
		operation.enter(WritePhase.LOCK);
		Directory directory = Directories.create(target, operation.undo());
		List<Target> all = new ArrayList<>(List.of(others));
		all.add(target);
		List<Path> keys = new ArrayList<>(all.size());
		all.forEach((each) -> keys.add(each.lockKey()));
		LockLeases leases = this.locks.acquireResolved(keys, options.lock());
		operation.undo().always(leases::close);
		if (leases.waited().compareTo(CONTENDED) > 0) {
			for (Target each : all) {
				this.resolver.requireUnchanged(each, operation.undo());
			}
		}
		operation.enter(WritePhase.CHECK);
		return new Site(operation, options, grant, leases, TargetCheck.check(target, directory, options),
				new ChangedDirectories(target.path(), options.safety(), grant, operation.undo()));
	}

	/** Runs the phases from the finished content to the released lease. */
	WriteResult commit(Change change) {
		Site site = change.site();
		Operation operation = site.operation();
		try {
			change.prepare();
			operation.enter(WritePhase.COMPANIONS);
			if (change.companions().isNeeded()) {
				site.leases().ensureHeld();
				for (List<CompanionStep> round : change.companions().rounds()) {
					for (CompanionStep step : round) {
						step.run();
					}
					site.changed().sync();
				}
			}
			return finish(change, site, operation);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Runs phases 9 to 11. */
	private WriteResult finish(Change change, Site site, Operation operation) throws IOException {
		operation.enter(WritePhase.COMMIT);
		site.leases().ensureHeld();
		site.changed().requireUnchanged();
		operation.committing();
		change.commit();
		operation.committed();
		operation.enter(WritePhase.PUBLISH);
		WriteOutcome outcome;
		try {
			site.changed().changed(site.place().directory());
			change.dropOldName();
			site.changed().sync();
			change.settle();
			outcome = site.changed().durable() ? WriteOutcome.DURABLE : WriteOutcome.VISIBLE_NOT_DURABLE;
		}
		catch (IOException ex) {
			outcome = WriteErrors.notDurable(site, ex);
		}
		operation.enter(WritePhase.RELEASE);
		change.companions().tidy();
		return operation.complete(change.result(release(site, outcome)));
	}

	/**
	 * ext4 that gave up its journal may say that a sync succeeded whose transaction
	 * failed, and refuses the next change: that of the lock file.
	 */
	private WriteOutcome release(Site site, WriteOutcome outcome) {
		site.leases().close();
		Optional<IOException> left = site.leases().leftover().filter(IoErrors::isOfDeadFilesystem);
		return (left.isPresent() && outcome == WriteOutcome.DURABLE) ? WriteErrors.notDurable(site, left.get())
				: outcome;
	}

}
