package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.isolation.SyncFlight;
import io.atomicwrite.lock.LockRequest;

/**
 * Some files of a batch, which go through each phase of the protocol together. One that
 * fails leaves the others alone, unless they are to be all or nothing. For one thread.
 */
final class BatchRound {

	/** How many staging files are open at a time. */
	private static final int WINDOW = 128;

	private static final Comparator<BatchEntry> BY_LOCK = Comparator
		.comparing((entry) -> entry.resolved().target().lockKey());

	private final WriteProtocol protocol;

	private final BatchOutcomes outcomes;

	private final LockBudget budget;

	private final SyncFlight flight;

	private final boolean together;

	/** Those whose way is open still. */
	private final List<BatchEntry> entries = new ArrayList<>();

	private final List<BatchEntry> deferred = new ArrayList<>();

	private boolean interrupted;

	private boolean stopped;

	BatchRound(WriteProtocol protocol, BatchOutcomes outcomes, LockBudget budget, SyncFlight flight, boolean together) {
		this.protocol = protocol;
		this.outcomes = outcomes;
		this.budget = budget;
		this.flight = flight;
		this.together = together;
	}

	void run(List<BatchEntry> files, WriteOptions defaults) {
		resolve(files, defaults);
		this.entries.sort(BY_LOCK);
		stage();
		each(this::awaitSync);
		companions();
		each((entry) -> Completion.ensureCommittable(entry.write()));
		each(this::reveal);
		this.stopped = false;
		for (BatchEntry entry : List.copyOf(this.entries)) {
			if (entry.isRevealed()) {
				attempt(entry, this::publish);
			}
		}
	}

	/** Files that were not begun, because the round has another of the same lease. */
	List<BatchEntry> deferred() {
		return this.deferred;
	}

	boolean isInterrupted() {
		return this.interrupted;
	}

	private void resolve(List<BatchEntry> files, WriteOptions defaults) {
		Set<Path> keys = new HashSet<>();
		for (BatchEntry entry : files) {
			if (this.stopped) {
				return;
			}
			try {
				entry.resolved(this.protocol.resolve(entry.file().target(), entry.file().options(defaults)));
			}
			catch (RuntimeException ex) {
				failed(entry, ex);
				continue;
			}
			this.entries.add(entry);
			if (!keys.add(entry.resolved().target().lockKey())) {
				repeated(entry);
			}
		}
	}

	/** The second write of one file needs the first one to be over. */
	private void repeated(BatchEntry entry) {
		this.entries.remove(entry);
		if (this.together) {
			failed(entry,
					entry.operation()
						.fail(new IllegalArgumentException(entry.file().target()
								+ " is named twice by a batch that is all or nothing; name each file once")));
			return;
		}
		giveUp(entry);
		this.deferred.add(entry);
	}

	private void stage() {
		Deque<BatchEntry> syncing = new ArrayDeque<>();
		for (BatchEntry entry : List.copyOf(this.entries)) {
			if (Thread.currentThread().isInterrupted()) {
				this.interrupted = true;
				this.stopped = this.together;
			}
			if (this.interrupted || this.stopped) {
				break;
			}
			attempt(entry, this::stage);
			if (!entry.hasEnded()) {
				syncing.add(entry);
			}
			if (syncing.size() > WINDOW) {
				attempt(syncing.remove(), this::awaitSync);
			}
		}
		if (this.interrupted && !this.together) {
			List.copyOf(this.entries).stream().filter((entry) -> !entry.isStaged()).forEach((entry) -> {
				this.entries.remove(entry);
				giveUp(entry);
			});
		}
	}

	private void stage(BatchEntry entry) throws IOException {
		PendingWrite write;
		try {
			write = this.protocol.stage(leased(entry.resolved()));
		}
		catch (LockNotAcquiredException ex) {
			this.budget.waited(ex.waited());
			throw ex;
		}
		entry.staged(write);
		this.budget.waited(write.site().leases().waited());
		WriteForms.produce(write, entry.file().content());
		write.prepare();
		entry.syncing(this.flight.begin(write::syncContent));
	}

	private WriteProtocol.Resolved leased(WriteProtocol.Resolved resolved) {
		LockRequest asked = resolved.options().lock();
		LockRequest left = this.budget.left(asked);
		return left.equals(asked) ? resolved : new WriteProtocol.Resolved(resolved.operation(), resolved.target(),
				resolved.options().with((changes) -> changes.lock(left)));
	}

	private void awaitSync(BatchEntry entry) throws IOException {
		if (entry.isSyncing()) {
			entry.awaitSync();
			entry.write().synced();
		}
	}

	private void companions() {
		each((entry) -> entry.companions(Completion.companions(entry.write())));
		int rounds = this.entries.stream().mapToInt(BatchEntry::rounds).max().orElse(0);
		for (int round = 0; round < rounds; round++) {
			int current = round;
			each((entry) -> {
				for (ChangeScope.Step step : entry.companions(current)) {
					step.run();
				}
			});
			each((entry) -> entry.write().site().changed().order());
		}
	}

	private void reveal(BatchEntry entry) throws IOException {
		Completion.reveal(entry.write());
		entry.revealed();
		entry.published(Completion.dropOldName(entry.write()));
	}

	private void publish(BatchEntry entry) {
		this.outcomes.written(entry, Completion.publish(entry.write(), entry.publishFailure()));
		this.entries.remove(entry);
	}

	private void each(EntryStep step) {
		for (BatchEntry entry : List.copyOf(this.entries)) {
			if (this.stopped) {
				return;
			}
			attempt(entry, step);
		}
	}

	private void attempt(BatchEntry entry, EntryStep step) {
		if (entry.hasEnded()) {
			return;
		}
		try {
			step.run(entry);
		}
		catch (Throwable ex) {
			this.entries.remove(entry);
			failed(entry, entry.operation().fail(ex));
		}
	}

	private void failed(BatchEntry entry, RuntimeException failure) {
		this.stopped = this.together;
		this.outcomes.failed(entry, failure);
	}

	/** Gives up what is not over: after an error, or because another file has failed. */
	void end() {
		for (BatchEntry entry : this.entries) {
			try {
				entry.awaitSync();
			}
			catch (IOException | RuntimeException ex) {
				// the file is given up anyway
			}
		}
		this.entries.forEach(BatchRound::giveUp);
		this.entries.clear();
	}

	private static void giveUp(BatchEntry entry) {
		Operation operation = entry.operation();
		try {
			if (!entry.isStaged()) {
				operation.opened();
			}
			if (!operation.discard()) {
				operation.fail(new IllegalStateException("the batch was given up after the commit"));
			}
		}
		catch (IllegalStateException ex) {
			// the template was closed
			operation.fail(ex);
		}
	}

	/** What is done with one file. */
	private interface EntryStep {

		void run(BatchEntry entry) throws IOException;

	}

}
