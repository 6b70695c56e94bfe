package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.maintenance.DirectoryCensus;

/**
 * Looks at the managed directories for health, endpoint, metrics and housekeeping. No
 * caller does I/O itself: each directory has daemon threads of its own, and a caller
 * waits for at most the limit, for however many directories. A directory that does not
 * answer therefore blocks one daemon thread and delays no other directory. Artifacts are
 * counted only after the directory has answered an inspection. Thread-safe.
 */
public final class DirectoryLooks implements AutoCloseable {

	private static final Duration INSPECTION_TIME_TO_LIVE = Duration.ofSeconds(1);

	private static final long IDLE_SECONDS = 5;

	private static final Duration CENSUS_TIME_TO_LIVE = Duration.ofSeconds(30);

	private final ManagedDirectories directories;

	private final WriteRequirements requirements;

	private final Duration limit;

	private final InstantSource clock;

	private final Map<String, DirectoryWatch> watches = new LinkedHashMap<>();

	private final ThreadPoolExecutor starter;

	private final CopyOnWriteArrayList<DirectoryListener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Creates an instance, and no thread yet.
	 * @param directories the directories
	 * @param inspector inspects them
	 * @param census counts the artifacts in them
	 * @param limit how long a caller waits for the directories to answer
	 * @param clock the clock for the age of answers
	 */
	public DirectoryLooks(ManagedDirectories directories, DirectoryInspector inspector, DirectoryCensus census,
			Duration limit, InstantSource clock) {
		this.directories = directories;
		this.requirements = inspector.requirements();
		this.limit = limit;
		this.clock = clock;
		this.starter = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> DaemonCalls.thread("atomicwrite-looks", task));
		this.starter.allowCoreThreadTimeOut(true);
		for (ManagedDirectory directory : directories.all()) {
			this.watches.put(directory.name(), new DirectoryWatch(directory, directories, inspector, census, limit,
					clock, new Listeners(this.listeners), this::start));
		}
	}

	/**
	 * Adds a listener, which is invoked after each inspection and count from now on.
	 * @param listener the listener
	 */
	public void listen(DirectoryListener listener) {
		this.listeners.add(listener);
	}

	private void start(Runnable look) {
		try {
			this.starter.execute(look);
		}
		catch (RejectedExecutionException ex) {
			// the application is shutting down: there is nothing to look for
		}
	}

	/**
	 * Returns the directories.
	 * @return the directories
	 */
	public ManagedDirectories directories() {
		return this.directories;
	}

	/**
	 * Returns the requirements of the writes of the application.
	 * @return the requirements
	 */
	public WriteRequirements requirements() {
		return this.requirements;
	}

	/**
	 * Returns how long a caller waits for the directories to answer.
	 * @return the limit
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * Returns the clock for the age of answers.
	 * @return the clock
	 */
	public InstantSource clock() {
		return this.clock;
	}

	/**
	 * Inspects a directory. Blocks for at most the limit.
	 * @param directory the directory
	 * @return the answer
	 */
	public Answer<DirectoryInspection> inspect(ManagedDirectory directory) {
		return inspect(directory, Duration.ZERO);
	}

	/**
	 * Inspects a directory, unless its last inspection is young enough. Blocks for at
	 * most the limit since the inspection began.
	 * @param directory the directory
	 * @param maxAge the age from which a known inspection is too old
	 * @return the answer
	 */
	public Answer<DirectoryInspection> inspect(ManagedDirectory directory, Duration maxAge) {
		DirectoryWatch watch = watch(directory);
		return watch.awaitInspection(watch.beginInspection(maxAge));
	}

	/**
	 * Begins to inspect all directories, so that a caller that then waits for each of
	 * them waits for at most the limit. Never blocks.
	 * @param maxAge the age from which a known inspection is too old
	 */
	public void beginInspections(Duration maxAge) {
		this.directories.all().forEach((directory) -> watch(directory).beginInspection(maxAge));
	}

	/**
	 * Inspects directories and counts the artifacts in them, all at the same time. Blocks
	 * for at most the limit.
	 * @param wanted the directories
	 * @return their states in the same order
	 */
	public Map<ManagedDirectory, DirectoryState> examine(Collection<ManagedDirectory> wanted) {
		Instant start = this.clock.instant();
		long deadline = System.nanoTime() + this.limit.toNanos();
		Map<ManagedDirectory, Look.Attempt> begun = new LinkedHashMap<>();
		wanted.forEach((directory) -> begun.put(directory, watch(directory).beginExamination()));
		Map<ManagedDirectory, DirectoryState> states = new LinkedHashMap<>();
		begun.forEach((directory, look) -> {
			DirectoryWatch watch = watch(directory);
			states.put(directory, new DirectoryState(watch.awaitInspection(look),
					watch.awaitCensus(start, Duration.ofNanos(deadline - System.nanoTime()))));
		});
		return states;
	}

	/**
	 * Returns the last known inspection of a directory, and begins a new one if that is
	 * old. Never blocks.
	 * @param directory the directory
	 * @return the answer
	 */
	public Answer<DirectoryInspection> lastInspection(ManagedDirectory directory) {
		return watch(directory).lastInspection(INSPECTION_TIME_TO_LIVE);
	}

	/**
	 * Returns the last known counts of a directory, and counts again if they are old.
	 * Never blocks.
	 * @param directory the directory
	 * @return the answer
	 */
	public Answer<DirectoryCensus.Report> lastCensus(ManagedDirectory directory) {
		return watch(directory).lastCensus(CENSUS_TIME_TO_LIVE);
	}

	/**
	 * Begins to look at all directories. Never blocks.
	 */
	public void begin() {
		this.directories.all().forEach(this::lastCensus);
	}

	private DirectoryWatch watch(ManagedDirectory directory) {
		return Objects.requireNonNull(this.watches.get(directory.name()), directory.name());
	}

	/**
	 * Ends the threads that are idle, and interrupts the others without waiting for them.
	 */
	@Override
	public void close() {
		this.starter.shutdownNow();
		this.watches.values().forEach(DirectoryWatch::close);
	}

	private record Listeners(Collection<DirectoryListener> all) implements DirectoryListener {

		@Override
		public void looked(ManagedDirectory directory, Answer<DirectoryInspection> answer) {
			each((listener) -> listener.looked(directory, answer));
		}

		@Override
		public void counted(ManagedDirectory directory, Answer<DirectoryCensus.Report> answer) {
			each((listener) -> listener.counted(directory, answer));
		}

		private void each(Consumer<DirectoryListener> call) {
			for (DirectoryListener listener : this.all) {
				try {
					call.accept(listener);
				}
				catch (RuntimeException ex) {
					// the next listener is invoked all the same
				}
			}
		}

	}

}
