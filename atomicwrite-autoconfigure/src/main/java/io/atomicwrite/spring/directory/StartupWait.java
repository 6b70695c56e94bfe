package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.atomicwrite.isolation.DaemonCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what the start of the application does with files. It is done on a daemon
 * thread, because no interrupt ends a system call on a filesystem that hangs. A start
 * that waits is logged after three seconds, and fails after a limit.
 */
public final class StartupWait {

	private static final Log logger = LogFactory.getLog(StartupWait.class);

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Duration limit;

	/**
	 * Creates an instance.
	 * @param limit how long the start waits for one directory or file
	 */
	public StartupWait(Duration limit) {
		this.limit = limit;
	}

	<T> T await(ManagedDirectory directory, Supplier<T> work) {
		return await(directory, (backups) -> work.get());
	}

	/**
	 * Waits for work on a directory and on the one of its backups.
	 * @param work the work; it passes on the directory of the backups before it looks at
	 * it
	 */
	<T> T await(ManagedDirectory directory, Function<Consumer<Path>, T> work) {
		AtomicReference<@Nullable Path> backups = new AtomicReference<>();
		return await("atomicwrite-startup-" + directory.name(),
				() -> DirectoryNotAnsweringException.about(directory, Optional.ofNullable(backups.get())),
				() -> work.apply(backups::set), (limit) -> new DirectoryNotAnsweringException(directory,
						Optional.ofNullable(backups.get()), this.limit));
	}

	/**
	 * Waits for work on a file.
	 * @param about what the start waits for, as the log has it
	 * @param work the work; it asks for no bean, because the caller may hold a lock of
	 * the bean factory
	 * @param late creates what is thrown after the limit, with the limit as text
	 * @param <T> the type of the result
	 * @return the result of the work
	 */
	public <T> T await(String about, Supplier<T> work, Function<String, ? extends RuntimeException> late) {
		return await("atomicwrite-startup", () -> about, work, late);
	}

	private <T> T await(String name, Supplier<String> about, Supplier<T> work,
			Function<String, ? extends RuntimeException> late) {
		FutureTask<T> task = new FutureTask<>(work::get);
		Thread thread = DaemonCalls.thread(name, task);
		thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
		thread.start();
		try {
			return await(about, task);
		}
		catch (TimeoutException ex) {
			throw late.apply(Answer.text(this.limit));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + about.get(), ex);
		}
		catch (ExecutionException ex) {
			throw unwrapped(ex);
		}
	}

	private <T> T await(Supplier<String> about, FutureTask<T> task)
			throws InterruptedException, ExecutionException, TimeoutException {
		long start = System.nanoTime();
		Duration first = (this.limit.compareTo(PATIENCE) > 0) ? PATIENCE : this.limit;
		try {
			return task.get(first.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn("The start of the application waits for " + about.get() + ", which has not answered for "
					+ Answer.text(first) + "; it waits for at most " + Answer.text(this.limit));
		}
		T result = task.get(this.limit.minus(first).toNanos(), TimeUnit.NANOSECONDS);
		logger.info("The start of the application continues: " + about.get() + " answered after "
				+ Answer.text(Duration.ofNanos(System.nanoTime() - start)));
		return result;
	}

	private static RuntimeException unwrapped(ExecutionException failure) {
		if (failure.getCause() instanceof RuntimeException ex) {
			return ex;
		}
		if (failure.getCause() instanceof Error ex) {
			throw ex;
		}
		return new IllegalStateException(failure.getCause());
	}

}
