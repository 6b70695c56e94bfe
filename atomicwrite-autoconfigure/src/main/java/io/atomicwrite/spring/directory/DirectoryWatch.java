package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.maintenance.DirectoryCensus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The looks at one managed directory. The artifacts are counted on another thread,
 * because counting may take long in a directory that is well, and only after the
 * directory has answered an inspection: one that hangs blocks one thread. Thread-safe.
 */
final class DirectoryWatch implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(DirectoryLooks.class);

	private final ManagedDirectory directory;

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final Look<DirectoryInspection> inspection;

	/** What the inspection looks at, if that is not the directory itself. */
	private volatile String part = "";

	private final Look<DirectoryCensus.Report> census;

	private final AtomicBoolean countWanted = new AtomicBoolean();

	private final AtomicBoolean silent = new AtomicBoolean();

	private final InstantSource clock;

	private final DirectoryListener listener;

	/** Begins looks: to start a thread takes long enough to delay a scrape. */
	private final Executor starter;

	private final AtomicBoolean inspectionWanted = new AtomicBoolean();

	private final AtomicBoolean examinationWanted = new AtomicBoolean();

	DirectoryWatch(ManagedDirectory directory, ManagedDirectories directories, DirectoryInspector inspector,
			DirectoryCensus census, Duration limit, InstantSource clock, DirectoryListener listener, Executor starter) {
		this.starter = starter;
		this.directory = directory;
		this.directories = directories;
		this.inspector = inspector;
		this.inspection = new Look<>("atomicwrite-look-" + directory.name(), this::inspect, this::answered, limit,
				clock, () -> this.part);
		this.census = new Look<>("atomicwrite-count-" + directory.name(), () -> census.count(directory.path()),
				this::counted, limit, clock);
		this.clock = clock;
		this.listener = listener;
	}

	private DirectoryInspection inspect() throws IOException {
		this.part = "";
		DirectoryInspection found = this.inspector.inspect(this.directory,
				(backups) -> this.part = " while its backup directory " + backups + " was looked at");
		this.directories.resolved(this.directory, found.realPath());
		return found;
	}

	private void answered() {
		this.listener.looked(this.directory, this.inspection.now());
		if (this.countWanted.getAndSet(false)) {
			this.census.begin(Duration.ZERO);
		}
	}

	private void counted() {
		this.listener.counted(this.directory, this.census.now());
	}

	Look.Attempt beginInspection(Duration maxAge) {
		return this.inspection.begin(maxAge);
	}

	/** Logs once that the directory does not answer, and that it answers again. */
	private Answer<DirectoryInspection> noted(Answer<DirectoryInspection> answer) {
		if (this.silent.compareAndSet(!answer.silent(), answer.silent())) {
			String about = "Managed directory " + this.directory.label() + " ";
			if (answer.silent()) {
				logger.warn(about + answer.problem().orElseThrow() + ": the filesystem there hangs or is very slow");
			}
			else {
				logger.info(about + "answers again");
			}
		}
		return answer;
	}

	/** Begins an inspection that is followed by a count. */
	Look.Attempt beginExamination() {
		this.countWanted.set(true);
		return this.inspection.begin(Duration.ZERO);
	}

	Answer<DirectoryInspection> awaitInspection(Look.Attempt begun) {
		return noted(this.inspection.await(begun));
	}

	/**
	 * Waits for the count that follows an inspection.
	 * @param start when the examination began, by the clock
	 * @param most the longest time to wait
	 */
	Answer<DirectoryCensus.Report> awaitCensus(Instant start, Duration most) {
		Answer<DirectoryInspection> inspected = this.inspection.now();
		if (inspected.current().isEmpty()) {
			return inspected.silent() ? this.census.now() : Answer.none();
		}
		return this.census.await(this.census.begin(Duration.between(start, this.clock.instant())), most);
	}

	/** Returns the last known inspection; if that is too old, begins another. */
	Answer<DirectoryInspection> lastInspection(Duration maxAge) {
		if (!this.inspection.isFresh(maxAge)) {
			beginSoon(this.inspectionWanted, () -> this.inspection.begin(maxAge));
		}
		return noted(this.inspection.now());
	}

	/** Returns the last known counts; if they are too old, counts again. */
	Answer<DirectoryCensus.Report> lastCensus(Duration maxAge) {
		if (!this.census.isFresh(maxAge)) {
			beginSoon(this.examinationWanted, this::beginExamination);
		}
		return this.census.now();
	}

	private void beginSoon(AtomicBoolean wanted, Runnable begin) {
		if (wanted.compareAndSet(false, true)) {
			this.starter.execute(() -> {
				wanted.set(false);
				begin.run();
			});
		}
	}

	@Override
	public void close() {
		this.inspection.close();
		this.census.close();
	}

}
