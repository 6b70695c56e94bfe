package io.atomicwrite.core;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.isolation.SyncFlight;
import org.jspecify.annotations.Nullable;

/**
 * How far one file of a batch has come. For one thread.
 */
final class BatchEntry {

	private final BatchFile file;

	private final int index;

	private WriteProtocol.@Nullable Resolved resolved;

	private @Nullable PendingWrite write;

	private SyncFlight.@Nullable Sync sync;

	private List<List<ChangeScope.Step>> companions = List.of();

	private Optional<IOException> publishFailure = Optional.empty();

	private boolean revealed;

	private boolean ended;

	BatchEntry(BatchFile file, int index) {
		this.file = file;
		this.index = index;
	}

	BatchFile file() {
		return this.file;
	}

	/** Its place in the batch. */
	int index() {
		return this.index;
	}

	void resolved(WriteProtocol.Resolved target) {
		this.resolved = target;
	}

	WriteProtocol.Resolved resolved() {
		return Objects.requireNonNull(this.resolved);
	}

	Operation operation() {
		return resolved().operation();
	}

	void staged(PendingWrite pending) {
		this.write = pending;
	}

	boolean isStaged() {
		return this.write != null;
	}

	PendingWrite write() {
		return Objects.requireNonNull(this.write);
	}

	void syncing(SyncFlight.Sync begunSync) {
		this.sync = begunSync;
	}

	boolean isSyncing() {
		return this.sync != null;
	}

	/** Waits for the sync, once. */
	void awaitSync() throws IOException {
		SyncFlight.Sync waiting = this.sync;
		this.sync = null;
		if (waiting != null) {
			waiting.await();
		}
	}

	void companions(List<List<ChangeScope.Step>> rounds) {
		this.companions = rounds;
	}

	/** The steps of one of its rounds, none where it has fewer. */
	List<ChangeScope.Step> companions(int round) {
		return (round < this.companions.size()) ? this.companions.get(round) : List.of();
	}

	int rounds() {
		return this.companions.size();
	}

	void revealed() {
		this.revealed = true;
	}

	boolean isRevealed() {
		return this.revealed;
	}

	/** Notes what went wrong when phase 10 began. */
	void published(Optional<IOException> failure) {
		this.publishFailure = failure;
	}

	Optional<IOException> publishFailure() {
		return this.publishFailure;
	}

	void end() {
		this.ended = true;
	}

	boolean hasEnded() {
		return this.ended;
	}

	/** What is known of the target after a failure. */
	WriteOutcome outcome(RuntimeException failure) {
		if (failure instanceof AtomicWriteException ex) {
			return ex.outcome();
		}
		return this.revealed ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED;
	}

}
