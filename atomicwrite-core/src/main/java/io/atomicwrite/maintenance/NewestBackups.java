package io.atomicwrite.maintenance;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * Tracks the newest backups of each target, up to the number to keep. Memory is bounded:
 * if there are too many targets, half of them are deferred to another pass.
 */
final class NewestBackups {

	/** The memory budget in estimated bytes, small enough for a heap of 64 MiB. */
	private static final long BUDGET = 10 << 20;

	private static final long TARGET_WEIGHT = 250;

	private static final long BACKUP_WEIGHT = 24;

	private static final int SEQUENCE_BITS = 24;

	private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

	private final int keep;

	private final long budget;

	private final Map<String, PriorityQueue<Long>> newest = new HashMap<>();

	private Share share;

	private long weight;

	NewestBackups(int keep, Share share) {
		this(keep, share, BUDGET);
	}

	NewestBackups(int keep, Share share, long budget) {
		this.keep = keep;
		this.share = share;
		this.budget = budget;
	}

	/**
	 * Returns a number that orders the backups of a target; the newest has the highest.
	 */
	static long rank(Instant made, int sequence) {
		return Math.max(0, Math.min(LATEST, made.getEpochSecond())) << SEQUENCE_BITS | sequence;
	}

	/** Returns the targets of this pass. */
	Share share() {
		return this.share;
	}

	/**
	 * Records a backup.
	 * @return the share that was deferred to stay within the budget, or {@code null} if
	 * none
	 */
	@Nullable Share add(String target, long rank) {
		if (!this.share.has(target)) {
			return null;
		}
		PriorityQueue<Long> ranks = this.newest.get(target);
		if (ranks == null) {
			ranks = new PriorityQueue<>(2);
			this.newest.put(target, ranks);
			this.weight += TARGET_WEIGHT + target.length();
		}
		ranks.add(rank);
		if (ranks.size() > this.keep) {
			ranks.poll();
		}
		else {
			this.weight += BACKUP_WEIGHT;
		}
		return (this.weight > this.budget && this.share.divisible()) ? divide() : null;
	}

	private Share divide() {
		Share given = this.share.upper();
		this.share = this.share.lower();
		this.newest.keySet().removeIf((target) -> !this.share.has(target));
		this.weight = 0;
		this.newest
			.forEach((target, ranks) -> this.weight += TARGET_WEIGHT + target.length() + BACKUP_WEIGHT * ranks.size());
		return given;
	}

	/** Returns whether the target has enough newer backups. */
	boolean isSurplus(String target, long rank) {
		PriorityQueue<Long> ranks = this.newest.get(target);
		if (ranks == null || ranks.size() < this.keep) {
			return false;
		}
		Long oldest = ranks.peek();
		return oldest == null || rank < oldest;
	}

	/**
	 * A part of all targets, selected by hash.
	 */
	record Share(int bits, int value) {

		static final Share ALL = new Share(0, 0);

		private static final int MAX_BITS = 20;

		boolean has(String target) {
			int hash = target.hashCode() * 0x9E3779B9;
			// in a multiplicative hash the upper bits are mixed best
			return this.bits == 0 || hash >>> (Integer.SIZE - this.bits) == this.value;
		}

		boolean divisible() {
			return this.bits < MAX_BITS;
		}

		Share lower() {
			return new Share(this.bits + 1, this.value << 1);
		}

		Share upper() {
			return new Share(this.bits + 1, this.value << 1 | 1);
		}

	}

}
