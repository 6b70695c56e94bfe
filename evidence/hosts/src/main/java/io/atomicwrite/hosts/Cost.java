package io.atomicwrite.hosts;

import java.time.Duration;
import java.util.Arrays;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.StoreLease;

/**
 * Compares the rate of acquisition, check and release over a store with that of the same
 * requests by the bare client, in turns within one run. Prints the medians, in
 * microseconds.
 */
public final class Cost {

	private Cost() {
	}

	/**
	 * Measures.
	 * @param args {@code name=value}, as for {@link Counter}
	 * @throws Exception if the engine can't be opened or refuses a request
	 */
	public static void main(String[] args) throws Exception {
		Settings settings = new Settings(args);
		Duration lease = settings.millis("lease");
		int rounds = Integer.parseInt(settings.get("rounds"));
		try (Engine engine = settings.engine(); BareClient bare = BareClient.open(settings)) {
			for (int round = 0; round < rounds / 4; round++) {
				once(engine.store(), lease);
				bare.once("bare", lease);
			}
			long[] ours = new long[rounds];
			long[] theirs = new long[rounds];
			for (int round = 0; round < rounds; round++) {
				long start = System.nanoTime();
				once(engine.store(), lease);
				long between = System.nanoTime();
				bare.once("bare", lease);
				ours[round] = between - start;
				theirs[round] = System.nanoTime() - between;
			}
			System.out.println("COST " + median(ours) / 1000 + " " + median(theirs) / 1000);
		}
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void once(LockStore store, Duration lease) throws Exception {
		StoreLease held = store.tryAcquire("ours", lease).orElseThrow();
		if (!held.renew()) {
			throw new IllegalStateException("lost");
		}
		held.release();
	}

	private static long median(long[] values) {
		long[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

}
