package io.atomicwrite.isolation;

import java.time.Duration;
import java.util.List;

/**
 * Makes calls that never return where a filesystem hangs. Each is made in a daemon thread
 * of its own: one that hangs goes on there, and delays neither the others nor the
 * shutdown of the application.
 */
public final class DaemonCalls {

	private DaemonCalls() {
	}

	/**
	 * Makes all calls, and waits for their end; an interrupt of the caller shortens the
	 * wait for none, and is kept.
	 * @param name the name of the threads
	 * @param calls the calls
	 * @param limit the longest time to wait for all of them
	 */
	public static void run(String name, List<? extends Runnable> calls, Duration limit) {
		join(calls.stream().map((call) -> start(name, call)).toList(), limit);
	}

	/**
	 * Waits for the end of threads; an interrupt of the caller shortens the wait for
	 * none, and is kept.
	 * @param threads the threads
	 * @param limit the longest time to wait for all of them
	 */
	public static void join(List<Thread> threads, Duration limit) {
		boolean interrupted = Thread.interrupted();
		long deadline = System.nanoTime() + limit.toNanos();
		for (Thread thread : threads) {
			try {
				// zero would wait for ever
				thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Makes a call, and does not wait for its end.
	 * @param name the name of the thread
	 * @param call the call
	 * @return the thread, which has been started
	 */
	public static Thread start(String name, Runnable call) {
		Thread thread = thread(name, call);
		thread.start();
		return thread;
	}

	/**
	 * Creates a daemon thread that inherits neither thread-locals nor the context class
	 * loader, which may be that of a web application that ends before the thread.
	 * @param name its name
	 * @param call what it runs
	 * @return the thread, which has not been started
	 */
	public static Thread thread(String name, Runnable call) {
		Thread thread = new Thread(null, call, name, 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(DaemonCalls.class.getClassLoader());
		return thread;
	}

}
