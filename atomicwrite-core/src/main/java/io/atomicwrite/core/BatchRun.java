package io.atomicwrite.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.SyncFlight;

/**
 * Writes a batch, a round of files at a time, so that a batch of any size needs a limited
 * number of descriptors and little memory. {@code docs/concepts/write-protocol.md}
 * explains the order.
 */
final class BatchRun {

	/** How many files wait for one sync of their directory. */
	private static final int ROUND = 128;

	private final WriteProtocol protocol;

	private final FileOps files;

	private final Batch batch;

	private final WriteOptions defaults;

	private final BatchOutcomes outcomes;

	private final LockBudget budget = new LockBudget();

	/** Files that name one that an earlier file of the same round has named. */
	private final Deque<BatchEntry> deferred = new ArrayDeque<>();

	BatchRun(WriteProtocol protocol, FileOps files, Batch batch, WriteOptions defaults) {
		this.protocol = protocol;
		this.files = files;
		this.batch = batch;
		this.defaults = defaults;
		this.outcomes = new BatchOutcomes(batch.listener());
	}

	/**
	 * Writes all files.
	 * @throws BatchFailedException if one is not written
	 */
	BatchResult run() {
		boolean interrupted = false;
		try (SyncFlight flight = new SyncFlight(this.batch.syncsInFlight())) {
			Iterator<BatchFile> files = this.batch.files().iterator();
			while (!interrupted && (files.hasNext() || !this.deferred.isEmpty())) {
				interrupted = Thread.currentThread().isInterrupted() || writeRound(take(files), flight);
			}
		}
		BatchResult result = this.outcomes.result(interrupted);
		if (!result.complete()) {
			throw new BatchFailedException(result);
		}
		return result;
	}

	/** Returns whether the round was interrupted. */
	private boolean writeRound(List<BatchEntry> entries, SyncFlight flight) {
		try (RoundSyncs syncs = new RoundSyncs(this.files)) {
			BatchRound round = new BatchRound(this.protocol.with(syncs), this.outcomes, this.budget, flight,
					this.batch.isAllOrNothing());
			try {
				round.run(entries, this.defaults);
			}
			finally {
				round.end();
				syncs.dropEmpty();
			}
			this.deferred.addAll(round.deferred());
			return round.isInterrupted();
		}
	}

	private List<BatchEntry> take(Iterator<BatchFile> files) {
		boolean together = this.batch.isAllOrNothing();
		int most = together ? Batch.MAX_ALL_OR_NOTHING : ROUND;
		List<BatchEntry> round = new ArrayList<>();
		while (!this.deferred.isEmpty() && round.size() < most) {
			round.add(this.deferred.poll());
		}
		while (files.hasNext() && round.size() < most) {
			round.add(this.outcomes.begin(files.next()));
		}
		if (together && files.hasNext()) {
			throw new IllegalArgumentException("a batch that is all or nothing holds the leases of all its files, and "
					+ "so has " + Batch.MAX_ALL_OR_NOTHING + " at most; nothing was written, publish a set of files "
					+ "that readers are to see whole");
		}
		return round;
	}

}
