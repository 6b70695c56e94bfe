package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.core.Target.Request;
import io.atomicwrite.core.WriteAttempt.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.manifest.ManifestStep;

/**
 * The one protocol of everything that changes a target. Each {@code begin} runs the
 * phases before the change, {@link #commit} those after it, and every step registers its
 * way back when it is done. {@code docs/concepts/write-protocol.md} explains the order.
 *
 * @param tools what names and makes files
 * @param entrance the first four phases
 * @param manifests what is remembered of manifests
 */
record WriteProtocol(Tools tools, Entrance entrance, ManifestStep.Memory manifests) {

	/** Runs the first phase of a write: nothing is changed or locked yet. */
	Resolved resolve(Path raw, WriteOptions options) {
		return this.entrance.resolve(raw, Request.of(raw, options), options);
	}

	/** Runs phases 2 to 5 of a write, up to an empty staging file. */
	PendingWrite stage(Resolved resolved) {
		Operation operation = resolved.operation();
		WriteOptions options = resolved.options();
		try {
			Site site = this.entrance.enter(operation, options, resolved.target());
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
			boolean marked = options.lock().isNone() || !this.entrance.locks().leaseMarksWriter();
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

	/** Begins a move within one filesystem. */
	FileMove beginMove(Path rawSource, Path rawTarget, WriteOptions options) {
		Operation operation = this.entrance.start(Kind.MOVE, rawTarget);
		try {
			this.entrance.requireAtomicWrite(rawTarget);
			Target source = this.entrance.resolver().resolveSource(rawSource, operation.undo());
			Target target = operation
				.resolved(this.entrance.resolver().resolve(Request.of(rawTarget, options), operation.undo()));
			TargetCheck.requireTwoFiles(source, target);
			operation.enter(WritePhase.GATE);
			this.entrance.gate().requireSameFilesystem(source, target);
			Site site = this.entrance.enter(operation, options, target, source);
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
		Operation operation = this.entrance.start(Kind.DELETE, raw);
		try {
			this.entrance.requireAtomicWrite(raw);
			Target target = operation
				.resolved(this.entrance.resolver().resolveName(raw, options.symlinks(), operation.undo()));
			if (!target.missing().isEmpty()) {
				operation.opened();
				operation.discard();
				return Optional.empty();
			}
			Site site = this.entrance.enter(operation, options, target);
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
			Site site = this.entrance.enter(operation, options, resolved.target());
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

	/** Returns the same protocol with another way to sync directories. */
	WriteProtocol with(DirectorySyncs other) {
		return new WriteProtocol(this.tools, this.entrance.with(other), this.manifests);
	}

	/** Runs the phases from the finished content to the released lease. */
	WriteResult commit(Change change) {
		try {
			change.prepare();
			Completion.anticipate(change);
			change.sync();
			for (List<ChangeScope.Step> round : Completion.companions(change)) {
				for (ChangeScope.Step step : round) {
					step.run();
				}
				change.site().changed().order();
			}
			Completion.ensureCommittable(change);
			Completion.reveal(change);
			return Completion.publish(change, Completion.dropOldName(change));
		}
		catch (Throwable ex) {
			throw change.site().operation().fail(ex);
		}
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

}
