package io.atomicwrite.hosts;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;

/**
 * Adds one to a number in a file, as often as it can, and prints how many updates were
 * acknowledged and why others were not.
 */
public final class Counter {

	private Counter() {
	}

	/**
	 * Counts.
	 * @param args {@code name=value}: engine, port, target, lease, store-timeout, gap,
	 * keys, revoke, seconds
	 * @throws Exception if the engine can't be opened
	 */
	public static void main(String[] args) throws Exception {
		Settings settings = new Settings(args);
		long end = System.nanoTime() + Long.parseLong(settings.get("seconds")) * 1_000_000_000L;
		Map<String, Integer> counts = new TreeMap<>();
		Engine engine = settings.engine();
		AtomicFileTemplate template = settings.template(engine);
		System.out.println("READY");
		while (System.nanoTime() < end) {
			String result;
			try {
				template.update(settings.target(), Long.class, (number) -> next(number));
				result = "acknowledged";
			}
			catch (AtomicWriteException ex) {
				result = name(ex);
				if (result.startsWith("failed") && !counts.containsKey(result)) {
					// for whoever reads why
					ex.printStackTrace();
				}
			}
			counts.merge(result, 1, Integer::sum);
		}
		System.out.println(counts.entrySet()
			.stream()
			.map((count) -> "\"" + count.getKey() + "\": " + count.getValue())
			.collect(Collectors.joining(", ", "COUNTS {", "}")));
		System.out.flush();
		// a client that waits for a server that is gone is left behind
		Runtime.getRuntime().halt(0);
	}

	private static Long next(Long number) {
		if (number == null) {
			// the file is made before the writers begin, so it is never missing
			throw new IllegalStateException("an update started from nothing");
		}
		return number + 1;
	}

	private static String name(AtomicWriteException failure) {
		if (failure instanceof LockNotAcquiredException refused) {
			return "refused " + refused.reason();
		}
		if (failure instanceof LockLostException lost && lost.outcome() == WriteOutcome.NOT_COMMITTED) {
			return "lost " + lost.reason();
		}
		if (failure instanceof ReadFailedException || failure.outcome() == WriteOutcome.NOT_COMMITTED) {
			return "failed " + failure.getClass().getSimpleName();
		}
		return "unknown " + failure.getClass().getSimpleName();
	}

}
