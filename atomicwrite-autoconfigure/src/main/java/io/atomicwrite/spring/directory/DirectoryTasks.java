package io.atomicwrite.spring.directory;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.atomicwrite.isolation.DaemonCalls;

/**
 * Does what a request asks for in a managed directory on a daemon thread, and waits for
 * it as long as the directory answers: a directory that hangs must not hold a thread of
 * the web server. Thread-safe.
 */
public final class DirectoryTasks {

	/** So that requests for a directory that hangs do not collect threads. */
	private static final int MOST = 4;

	private final DirectoryLooks looks;

	private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

	/**
	 * Creates an instance.
	 * @param looks looks at the directories
	 */
	public DirectoryTasks(DirectoryLooks looks) {
		this.looks = looks;
	}

	/**
	 * Does something in a directory.
	 * @param directory the directory
	 * @param work what to do
	 * @param <T> the type of its result
	 * @return its result
	 * @throws DirectoryBusyException if the directory does not answer, or too many
	 * requests wait for it
	 * @throws Exception what the work threw
	 */
	public <T> T run(ManagedDirectory directory, Callable<T> work) throws Exception {
		requireAnswer(directory);
		Semaphore free = this.permits.computeIfAbsent(directory.name(), (name) -> new Semaphore(MOST));
		if (!free.tryAcquire()) {
			throw new DirectoryBusyException(directory, "has " + MOST + " requests that wait for it");
		}
		FutureTask<T> task = new FutureTask<>(work) {
			@Override
			protected void done() {
				free.release();
			}
		};
		DaemonCalls.start("atomicwrite-request-" + directory.name(), task);
		return await(directory, task);
	}

	private <T> T await(ManagedDirectory directory, FutureTask<T> task) throws Exception {
		while (true) {
			try {
				return task.get(this.looks.limit().toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				requireAnswer(directory);
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof Exception cause) ? cause : ex;
			}
		}
	}

	private void requireAnswer(ManagedDirectory directory) throws DirectoryBusyException {
		Answer<DirectoryInspection> answer = this.looks.inspect(directory);
		if (answer.silent()) {
			throw new DirectoryBusyException(directory, answer.problem().orElse("does not answer"));
		}
	}

	/**
	 * A directory can't be asked now.
	 */
	public static final class DirectoryBusyException extends Exception {

		private static final long serialVersionUID = 1L;

		DirectoryBusyException(ManagedDirectory directory, String why) {
			super("managed directory " + directory.label() + " " + why);
		}

	}

}
