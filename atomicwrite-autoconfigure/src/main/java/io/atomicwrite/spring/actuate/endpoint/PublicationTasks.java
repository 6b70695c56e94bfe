package io.atomicwrite.spring.actuate.endpoint;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.atomicwrite.isolation.DaemonCalls;

/**
 * Does what requests ask for on daemon threads, one for each publication at a time: one
 * whose filesystem hangs must not hold a thread of the web server. Thread-safe.
 */
final class PublicationTasks {

	private final Duration limit;

	private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

	PublicationTasks(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Looks at publications, all within the limit.
	 * @return the names of those that did not answer
	 */
	Set<String> runAll(Map<String, Runnable> looks) {
		long deadline = System.nanoTime() + this.limit.toNanos();
		Map<String, Future<?>> tasks = new LinkedHashMap<>();
		Set<String> silent = new HashSet<>(looks.keySet());
		try {
			for (Map.Entry<String, Runnable> look : looks.entrySet()) {
				begin(look.getKey(), Executors.callable(look.getValue()), deadline)
					.ifPresent((task) -> tasks.put(look.getKey(), task));
			}
			for (Map.Entry<String, Future<?>> task : tasks.entrySet()) {
				if (hasEnded(task.getValue(), deadline)) {
					silent.remove(task.getKey());
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return silent;
	}

	private static boolean hasEnded(Future<?> task, long deadline) throws InterruptedException {
		try {
			task.get(left(deadline), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			// the state says so
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	/**
	 * Does something with a publication.
	 * @throws TimeoutException if it does not answer, or other requests wait for it
	 */
	<T> T run(String name, Callable<T> work) throws Exception {
		long deadline = System.nanoTime() + this.limit.toNanos();
		Future<T> task = begin(name, work, deadline)
			.orElseThrow(() -> new TimeoutException("other requests wait for the publication; try again later"));
		try {
			return task.get(left(deadline), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new TimeoutException("the publication has not answered within " + this.limit.toMillis()
					+ " ms; it may still be done, look again later");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private <T> Optional<Future<T>> begin(String name, Callable<T> work, long deadline) throws InterruptedException {
		Semaphore permit = this.permits.computeIfAbsent(name, (key) -> new Semaphore(1));
		if (!permit.tryAcquire(left(deadline), TimeUnit.NANOSECONDS)) {
			return Optional.empty();
		}
		FutureTask<T> task = new FutureTask<>(() -> {
			try {
				return work.call();
			}
			finally {
				permit.release();
			}
		});
		DaemonCalls.start("atomicwrite-request-" + name, task);
		return Optional.of(task);
	}

	private static long left(long deadline) {
		return Math.max(0, deadline - System.nanoTime());
	}

}
