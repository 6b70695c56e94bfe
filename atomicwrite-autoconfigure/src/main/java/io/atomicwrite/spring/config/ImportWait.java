package io.atomicwrite.spring.config;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.spring.config.ImportLoading.Loaded;
import io.atomicwrite.spring.directory.StartupLimit;

import org.springframework.boot.convert.DurationStyle;

/**
 * Loads on a daemon thread, because no interrupt ends a system call on a filesystem that
 * hangs. The start fails after a limit; nothing is logged before, because there is no log
 * yet while the environment is prepared.
 */
final class ImportWait {

	private ImportWait() {
	}

	static Loaded load(ImportLoading loading, AtomicFileConfigDataResource resource) throws NoSuchFileException {
		FutureTask<Loaded> task = new FutureTask<>(() -> loading.load(resource));
		Thread thread = DaemonCalls.thread("atomicwrite-config-import", task);
		thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
		thread.start();
		Duration limit = resource.settings().limit();
		try {
			return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new ConfigImportException(
					"The config file " + resource.file() + " could not be read within "
							+ DurationStyle.SIMPLE.print(limit) + ". Its filesystem hangs or is very slow.",
					StartupLimit.remedy());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for " + resource.file(), ex);
		}
		catch (ExecutionException ex) {
			throw unwrapped(ex);
		}
	}

	private static RuntimeException unwrapped(ExecutionException failure) throws NoSuchFileException {
		if (failure.getCause() instanceof NoSuchFileException ex) {
			throw ex;
		}
		if (failure.getCause() instanceof RuntimeException ex) {
			return ex;
		}
		if (failure.getCause() instanceof Error ex) {
			throw ex;
		}
		return new IllegalStateException(failure.getCause());
	}

}
