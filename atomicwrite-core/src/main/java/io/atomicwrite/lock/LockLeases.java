package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

import io.atomicwrite.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * The leases of several targets, which are held and released together. Like a single
 * lease it may be used and closed by another thread than the one that acquired it.
 */
public final class LockLeases implements AutoCloseable {

	private static final LockLeases NONE = new LockLeases(List.of());

	private final List<LockLease> leases;

	private LockLeases(List<LockLease> leases) {
		this.leases = List.copyOf(leases);
	}

	/**
	 * Returns leases of no target.
	 * @return leases that hold nothing
	 */
	public static LockLeases none() {
		return NONE;
	}

	/**
	 * Acquires a lease of each target, in the order of their paths, so that two callers
	 * with common targets can't wait for each other. If one can't be acquired, those that
	 * were acquired before it are released.
	 * @param targets the targets; one that is named twice gets one lease
	 * @param acquisition what acquires the lease of one target
	 * @return the leases
	 */
	public static LockLeases acquire(Collection<Path> targets, Function<Path, LockLease> acquisition) {
		List<LockLease> acquired = new ArrayList<>(targets.size());
		try {
			// one target, as most writes have, needs no order
			for (Path target : (targets.size() > 1) ? new TreeSet<>(targets) : targets) {
				acquired.add(acquisition.apply(target));
			}
			return new LockLeases(acquired);
		}
		catch (RuntimeException | Error ex) {
			releaseAll(acquired, ex);
			throw ex;
		}
	}

	/**
	 * Returns the single leases.
	 * @return the leases, in the order in which they were acquired
	 */
	public List<LockLease> leases() {
		return this.leases;
	}

	/**
	 * Returns how long the acquisition waited.
	 * @return the time waited for all leases together
	 */
	public Duration waited() {
		return this.leases.stream().map(LockLease::waited).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Checks that all locks are still held, see {@link LockLease#ensureHeld()}.
	 * @throws LockLostException if one of them is not
	 */
	public void ensureHeld() {
		this.leases.forEach(LockLease::ensureHeld);
	}

	/**
	 * Checks that all locks are still held, if one of them is fenced: for a step whose
	 * staging file exists, and is deleted by whoever acquires the lock next.
	 * @throws LockLostException if one of them is fenced and one is not held
	 */
	public void ensureHeldIfFenced() {
		if (isFenced()) {
			ensureHeld();
		}
	}

	/**
	 * Returns whether one of them is fenced, see {@link LockLease#isFenced()}.
	 * @return whether one is
	 */
	public boolean isFenced() {
		return this.leases.stream().anyMatch(LockLease::isFenced);
	}

	/**
	 * Returns what kept the release from cleaning up, see {@link LockLease#leftover()}.
	 * @return the first such error, or empty if there is none
	 */
	public Optional<IOException> leftover() {
		return this.leases.stream().flatMap((lease) -> lease.leftover().stream()).findFirst();
	}

	/**
	 * Releases the leases in reverse order, each of them even if the release of another
	 * fails. Closing them again does nothing.
	 */
	@Override
	public void close() {
		Throwable failure = releaseAll(this.leases, null);
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException ex) {
			throw ex;
		}
	}

	private static @Nullable Throwable releaseAll(List<LockLease> leases, @Nullable Throwable failure) {
		Throwable first = failure;
		for (int last = leases.size() - 1; last >= 0; last--) {
			try {
				leases.get(last).close();
			}
			catch (RuntimeException | Error ex) {
				if (first == null) {
					first = ex;
				}
				else {
					first.addSuppressed(ex);
				}
			}
		}
		return first;
	}

}
