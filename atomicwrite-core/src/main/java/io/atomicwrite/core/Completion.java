package io.atomicwrite.core;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.fs.IoErrors;

/**
 * The last four phases of every change, one by one: a batch takes each for all of its
 * files.
 */
final class Completion {

	private Completion() {
	}

	/**
	 * Anticipates a part of phase 8: what is small and beside the content is written
	 * before the content is synced, so that one commit of the journal has both. Nothing
	 * takes a name yet, so the lease is not looked at.
	 */
	static void anticipate(Change change) throws IOException {
		if (change.companions().isNeeded()) {
			change.site().operation().enter(WritePhase.COMPANIONS);
			change.companions().stage();
		}
	}

	/** Begins phase 8: returns its steps, in rounds that are synced one by one. */
	static List<List<ChangeScope.Step>> companions(Change change) throws IOException {
		change.site().operation().enter(WritePhase.COMPANIONS);
		if (!change.companions().isNeeded()) {
			return List.of();
		}
		change.site().leases().ensureHeld();
		return change.companions().rounds();
	}

	/** Begins phase 9: the last look before readers see the change. */
	static void ensureCommittable(Change change) throws IOException {
		change.site().operation().enter(WritePhase.COMMIT);
		change.site().leases().ensureHeld();
		change.site().changed().requireUnchanged();
		change.confirm();
		change.fence();
	}

	/** Ends phase 9: the step that readers see. */
	static void reveal(Change change) throws IOException {
		Operation operation = change.site().operation();
		operation.committing();
		change.commit();
		operation.committed();
	}

	/**
	 * Begins phase 10: what the commit has left behind goes, before the names are synced.
	 * @return what went wrong, which makes the change one that may not be durable
	 */
	static Optional<IOException> dropOldName(Change change) {
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
	static WriteResult publish(Change change, Optional<IOException> failure) {
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
	private static WriteOutcome release(Site site, WriteOutcome outcome) {
		site.leases().close();
		Optional<IOException> left = site.leases().leftover().filter(IoErrors::isOfDeadFilesystem);
		return (left.isPresent() && outcome == WriteOutcome.DURABLE) ? WriteErrors.notDurable(site, left.get())
				: outcome;
	}

}
