package io.atomicwrite.spring.housekeeping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.spring.directory.Answer;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.ManagedDirectory;

/**
 * Sweeps managed directories on request. A sweep runs on a daemon thread, and the caller
 * waits for it as long as the directory answers: a sweep may take minutes, but a
 * directory that hangs must not hold a thread of the web server. Thread-safe.
 */
public final class RequestedSweeps {

	private final DirectoryHousekeeping housekeeping;

	private final DirectoryLooks looks;

	private final Map<Key, FutureTask<SweepReport>> running = new ConcurrentHashMap<>();

	/**
	 * Creates an instance.
	 * @param housekeeping sweeps a directory
	 * @param looks looks at the directories
	 */
	public RequestedSweeps(DirectoryHousekeeping housekeeping, DirectoryLooks looks) {
		this.housekeeping = housekeeping;
		this.looks = looks;
	}

	/**
	 * Sweeps a directory, or waits for the same sweep if it is under way.
	 * @param directory the directory
	 * @param dryRun whether to change nothing and only report what would be removed
	 * @return the report; incomplete and with one failure if the directory does not
	 * answer, or is not where it was when the application started
	 * @throws IllegalStateException if the caller is interrupted
	 */
	public SweepReport sweep(ManagedDirectory directory, boolean dryRun) {
		long start = System.nanoTime();
		Answer<DirectoryInspection> answer = this.looks.inspect(directory);
		if (answer.silent()) {
			return unanswered(directory, dryRun, answer, start);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new IllegalStateException("Interrupted before a sweep of " + directory.path());
		}
		Optional<String> displaced = answer.current().flatMap(DirectoryInspection::displaced);
		if (displaced.isPresent()) {
			return notSwept(directory, dryRun, displaced.get(), start);
		}
		FutureTask<SweepReport> task = begin(directory, dryRun);
		while (true) {
			try {
				return task.get(this.looks.limit().toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				answer = this.looks.inspect(directory);
				if (answer.silent() && !task.isDone()) {
					return unanswered(directory, dryRun, answer, start);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while waiting for a sweep of " + directory.path(), ex);
			}
			catch (ExecutionException ex) {
				throw unwrapped(ex);
			}
		}
	}

	private FutureTask<SweepReport> begin(ManagedDirectory directory, boolean dryRun) {
		Key key = new Key(directory.name(), dryRun);
		FutureTask<SweepReport> created = new FutureTask<>(() -> this.housekeeping.sweep(directory, dryRun)) {
			@Override
			protected void done() {
				RequestedSweeps.this.running.remove(key, this);
			}
		};
		FutureTask<SweepReport> other = this.running.putIfAbsent(key, created);
		if (other != null) {
			return other;
		}
		DaemonCalls.start("atomicwrite-sweep-" + directory.name(), created);
		return created;
	}

	private static SweepReport unanswered(ManagedDirectory directory, boolean dryRun,
			Answer<DirectoryInspection> answer, long start) {
		return notSwept(directory, dryRun, answer.problem().orElseThrow(), start);
	}

	private static SweepReport notSwept(ManagedDirectory directory, boolean dryRun, String why, long start) {
		SweepReport.Failure failure = new SweepReport.Failure(directory.path(), why);
		return new SweepReport(directory.path(), dryRun, false, false, 0, Map.of(), 0, Map.of(), List.of(failure), 1,
				Duration.ofNanos(System.nanoTime() - start));
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

	private record Key(String directory, boolean dryRun) {
	}

}
