package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.Target.Request;
import io.atomicwrite.core.WriteAttempt.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.manifest.ManifestStep;
import io.atomicwrite.publication.PlainDirectory;

/**
 * The one protocol of everything that changes a target. Each {@code begin} runs the
 * phases before the change, {@link #commit} those after it, and every step registers its
 * way back when it is done. {@code docs/concepts/write-protocol.md} explains the order.
 */
record WriteProtocol(Tools tools, TargetResolver resolver, DirectoryGuard guard, CapabilityGate gate,
		LockRegistry locks, WriteListeners listeners, InFlight inFlight, ManifestStep.Memory manifests,
		DirectorySyncs syncs) {

	/** A wait that long means that someone else had the lease. */
	static final Duration CONTENDED = Duration.ofMillis(1);

	/** Runs the first phase of a write: nothing is changed or locked yet. */
	Resolved resolve(Path raw, WriteOptions options) {
		return resolve(raw, Request.of(raw, options), options);
	}

	/**
	 * Runs the first phase of a move of a pointer, which may be a link or a directory.
	 */
	Resolved resolvePointer(Path raw, WriteOptions options, boolean directory) {
		return resolve(raw, Request.ofPointer(raw, options, directory), options);
	}

	private Resolved resolve(Path raw, Request request, WriteOptions options) {
		Operation operation = start(Kind.WRITE, raw);
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(raw));
			Target target = operation.resolved(this.resolver.resolve(request, operation.undo()));
			return new Resolved(operation, target, options);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Runs phases 2 to 5 of a write, up to an empty staging file. */
	PendingWrite stage(Resolved resolved) {
		Operation operation = resolved.operation();
		WriteOptions options = resolved.options();
		try {
			Site site = enter(operation, options, resolved.target());
			ContentDigests digests = Companions.digests(options);
			Place model = model(site);
			NewFileRights rights = NewFileRights.of(model, options);
			Companions companions = Companions.ofWrite(this.tools, site, digests, rights, this.manifests);
			operation.enter(WritePhase.STAGE);
			site.changed().open(site.place().directory());
			StagingFile staging = StagingFile.create(this.tools, site.place().directory(), resolved.target().name(),
					rights.createMode());
			operation.staged(staging.directory(), staging.name());
			site.undo().unlessCommitted(staging::discard);
			site.undo().always(staging::close);
			boolean marked = options.lock().isNone() || !this.locks.leaseMarksWriter();
			PendingWrite write = new PendingWrite(site, staging, digests, companions, model, marked);
			operation.opened();
			return write;
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Returns the file whose rights the new one gets. */
	private Place model(Site site) throws IOException {
		if (site.options().rightsOf().isEmpty()) {
			return site.place();
		}
		Path other = this.tools.files().canonical(site.options().rightsOf().get());
		Directory directory = this.tools.files().open(Objects.requireNonNull(other.getParent()));
		site.undo().always(directory::close);
		String name = other.getFileName().toString();
		return new Place(directory, name, directory.stat(name));
	}

	/** Runs phases 2 to 4 of a move of a pointer, and begins phase 5. */
	private Entered enterPointer(Resolved resolved) throws IOException {
		WriteOptions options = resolved.options();
		Site site = enter(resolved.operation(), options, resolved.target());
		Companions companions = Companions.ofWrite(this.tools, site, Companions.digests(options),
				NewFileRights.of(site.place(), options), this.manifests);
		resolved.operation().enter(WritePhase.STAGE);
		site.changed().open(site.place().directory());
		return new Entered(site, companions);
	}

	/** Runs phases 2 to 5 of the write of a symbolic link, up to a link beside it. */
	LinkChange stageLink(Resolved resolved, Path content) {
		Operation operation = resolved.operation();
		try {
			Entered entered = enterPointer(resolved);
			Site site = entered.site();
			Directory directory = site.place().directory();
			String name = resolved.target().name();
			String staging = ArtifactNames.staging(name, this.tools.tokens().getAsLong(),
					NameLimit.of(directory, name));
			directory.createSymbolicLink(staging, content);
			operation.staged(directory, staging);
			site.undo().unlessCommitted(() -> directory.delete(staging));
			operation.opened();
			return new LinkChange(site, staging, entered.companions());
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/** Runs phases 2 to 5 of an exchange, up to a directory beside the pointer. */
	DirectoryChange stageDirectory(Resolved resolved, PlainDirectory plain, ChangeScope.Step confirmation) {
		Operation operation = resolved.operation();
		try {
			Entered entered = enterPointer(resolved);
			Site site = entered.site();
			Directory directory = site.place().directory();
			plain.requireReplaceable(directory);
			String staging = PlainDirectory.name(this.tools.tokens().getAsLong());
			site.undo().unlessCommitted(() -> PlainDirectory.delete(directory, staging));
			plain.build(directory, staging);
			operation.opened();
			return new DirectoryChange(site, plain, staging, entered.companions(), confirmation);
		}
		catch (Throwable ex) {
			throw operation.fail(ex);
		}
	}

	/**
	 * Runs the first two phases of a move of a pointer and no more: what refuses it
	 * before anything is changed.
	 * @return the file that would be replaced
	 */
	Path checkPointer(Path raw, WriteOptions options) throws IOException {
		Undo undo = new Undo();
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(raw));
			Target target = this.resolver.resolve(Request.ofPointer(raw, options, true), undo);
			this.guard.check(this.resolver.absolute(raw), target.path(), options);
			this.gate.check(target, options);
			return target.path();
		}
		finally {
			undo.run(false, null);
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

	/** Begins an acceptance: reads what is there under the lease. */
	Acceptance beginAcceptance(Path raw, WriteOptions options) {
		Resolved resolved = resolve(raw, options);
		Operation operation = resolved.operation();
		try {
			Site site = enter(operation, options, resolved.target());
			operation.enter(WritePhase.STAGE);
			site.changed().open(site.place().directory());
			Acceptance acceptance = Acceptance.of(site, (digests) -> Companions.ofWrite(this.tools, site, digests,
					NewFileRights.like(site.place()), this.manifests));
			operation.opened();
			return acceptance;
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
		return new Site(operation, options, grant, leases, TargetCheck.check(target, directory, options),
				new ChangedDirectories(target.path(), options.safety(), grant, operation.undo(), this.syncs));
	}

	/** Returns the same protocol with another way to sync directories. */
	WriteProtocol with(DirectorySyncs other) {
		return new WriteProtocol(this.tools, this.resolver, this.guard, this.gate, this.locks, this.listeners,
				this.inFlight, this.manifests, other);
	}

	/** Runs the phases from the finished content to the released lease. */
	WriteResult commit(Change change) {
		try {
			change.prepare();
			change.sync();
			for (List<ChangeScope.Step> round : companions(change)) {
				for (ChangeScope.Step step : round) {
					step.run();
				}
				change.site().changed().sync();
			}
			ensureCommittable(change);
			reveal(change);
			return publish(change, dropOldName(change));
		}
		catch (Throwable ex) {
			throw change.site().operation().fail(ex);
		}
	}

	/** Begins phase 8: returns its steps, in rounds that are synced one by one. */
	List<List<ChangeScope.Step>> companions(Change change) throws IOException {
		change.site().operation().enter(WritePhase.COMPANIONS);
		if (!change.companions().isNeeded()) {
			return List.of();
		}
		change.site().leases().ensureHeld();
		return change.companions().rounds();
	}

	/** Begins phase 9: the last look before readers see the change. */
	void ensureCommittable(Change change) throws IOException {
		change.site().operation().enter(WritePhase.COMMIT);
		change.site().leases().ensureHeld();
		change.site().changed().requireUnchanged();
		change.confirm();
		change.fence();
	}

	/** Ends phase 9: the step that readers see. */
	void reveal(Change change) throws IOException {
		Operation operation = change.site().operation();
		operation.committing();
		change.commit();
		operation.committed();
	}

	/**
	 * Begins phase 10: what the commit has left behind goes, before the names are synced.
	 * @return what went wrong, which makes the change one that may not be durable
	 */
	Optional<IOException> dropOldName(Change change) {
		change.site().operation().enter(WritePhase.PUBLISH);
		try {
			change.site().changed().changed(change.site().place().directory());
			change.dropOldName();
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of(ex);
		}
	}

	/**
	 * Runs the rest of phase 10, and phase 11.
	 * @param change the change, which is committed
	 * @param failure what went wrong when the phase began
	 */
	WriteResult publish(Change change, Optional<IOException> failure) {
		Site site = change.site();
		Operation operation = site.operation();
		WriteOutcome outcome;
		try {
			if (failure.isPresent()) {
				throw failure.get();
			}
			site.changed().sync();
			change.settle();
			boolean durable = site.grant().canBeDurable() && site.changed().durable();
			outcome = durable ? WriteOutcome.DURABLE : WriteOutcome.VISIBLE_NOT_DURABLE;
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

	/**
	 * A write whose target is known, and that has changed and locked nothing.
	 *
	 * @param operation the operation
	 * @param target where the content goes
	 * @param options how to write
	 */
	record Resolved(Operation operation, Target target, WriteOptions options) {
	}

	/** What a move of a pointer has before anything is staged. */
	private record Entered(Site site, Companions companions) {
	}

}
