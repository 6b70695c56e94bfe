package io.atomicwrite.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.function.ThrowingSupplier;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Keeps each thread of the common pool waiting, as an application does that waits there
 * for a write. Nothing of this library may need one of them then.
 */
public final class BusyCommonPool {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private BusyCommonPool() {
	}

	/**
	 * Makes a call while the pool is busy, and requires that it ends.
	 * @param call the call
	 * @param <T> the type of its result
	 * @return its result
	 */
	public static <T> T call(ThrowingSupplier<T> call) {
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i <= 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
			ForkJoinPool.commonPool().submit(() -> end.await(2 * LIMIT.toSeconds(), TimeUnit.SECONDS));
		}
		try {
			return assertTimeoutPreemptively(LIMIT, call);
		}
		finally {
			end.countDown();
		}
	}

}
