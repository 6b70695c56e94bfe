package io.atomicwrite.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;

/**
 * Two writers of one disk, each with an engine and a lock registry of its own, as two
 * processes have. Runs them by every plan of at most so many preemptions.
 */
final class Race implements AutoCloseable {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

	private static final long[] FIRST_TOKENS = { 0xa000, 0xb000 };

	private static final int LONGEST_SECONDS = 60;

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private final CrashImage before;

	private final WriteOptions options;

	private final List<Entry> entries;

	private final List<Writer> writers;

	private final List<Kind> dropped;

	private int runs;

	Race(CrashImage before, WriteOptions options, Entry one, Entry other, Kind... dropped) {
		this.before = before;
		this.options = options;
		this.entries = List.of(one, other);
		this.writers = List.of(new Writer(0, one, options), new Writer(1, other, options));
		this.dropped = Arrays.asList(dropped);
	}

	CrashImage before() {
		return this.before;
	}

	WriteOptions options() {
		return this.options;
	}

	List<Entry> entries() {
		return this.entries;
	}

	/** How often the two were run. */
	int runs() {
		return this.runs;
	}

	/**
	 * Runs the two by every plan: either begins, and is preempted before any of its
	 * calls, and so on. Ends of a writer and waits for a lock are no preemptions.
	 */
	void run(int preemptions, Consumer<Trace> traces) {
		for (int first = 0; first < this.entries.size(); first++) {
			run(first, List.of(), traces);
			explore(first, List.of(), preemptions, traces);
		}
	}

	private void explore(int first, List<Integer> plan, int preemptions, Consumer<Trace> traces) {
		boolean exhausted = plan.size() < preemptions;
		for (int calls = 1; exhausted; calls++) {
			List<Integer> longer = new ArrayList<>(plan);
			longer.add(calls);
			exhausted = run(first, longer, traces);
			if (exhausted) {
				explore(first, longer, preemptions, traces);
			}
		}
	}

	private boolean run(int first, List<Integer> plan, Consumer<Trace> traces) {
		this.runs++;
		RaceSchedule schedule = new RaceSchedule(first, plan);
		CrashFileOps disk = new CrashFileOps(this.before).inPieces(1);
		this.dropped.forEach(disk::dropping);
		List<Future<String>> ends = new ArrayList<>();
		for (Writer writer : this.writers) {
			ends.add(this.threads.submit(() -> writer.write(disk, schedule)));
		}
		List<String> failures = new ArrayList<>();
		for (Future<String> end : ends) {
			String failure = ended(end);
			if (!failure.isEmpty()) {
				failures.add(failure);
			}
		}
		traces.accept(new Trace((first == 0 ? "A " : "B ") + plan, disk.steps(), failures));
		return schedule.exhausted();
	}

	private static String ended(Future<String> writer) {
		try {
			return writer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.writers.forEach(Writer::close);
	}

	/**
	 * One of the two, with an engine of its own.
	 */
	private final class Writer {

		private final Current<FileOps> files = new Current<>(FileOps.class, CrashFileOps.empty());

		private final Current<LockRegistry> locks = new Current<>(LockRegistry.class, LockRegistry.file());

		private final int number;

		private final Path target;

		private final String text;

		private final AtomicFileTemplate template;

		private long token;

		Writer(int number, Entry entry, WriteOptions options) {
			this.number = number;
			this.target = (number == 0) ? entry.target : OtherMount.seen(entry.target);
			this.text = entry.text;
			this.template = AtomicFileTemplate.builder()
				.files(this.files.proxy())
				.locks(this.locks.proxy())
				.tokens(() -> ++this.token)
				.clock(CLOCK)
				.defaults(options)
				.build();
		}

		/** Returns why the write failed, or nothing. */
		String write(CrashFileOps disk, RaceSchedule schedule) {
			FileOps seen = (this.number == 0) ? disk : new OtherMount(disk);
			FileOps now = new RaceFileOps(seen, schedule, this.number);
			this.files.set(now);
			this.locks.set(LockRegistry.fileBuilder().files(now).build());
			this.token = FIRST_TOKENS[this.number];
			try {
				if (this.template.writeString(this.target, this.text).outcome() == WriteOutcome.DURABLE) {
					disk.acknowledge(this.text);
				}
				return "";
			}
			catch (AtomicWriteException ex) {
				return ex.outcome() + " " + ex;
			}
			finally {
				schedule.end(this.number);
			}
		}

		void close() {
			this.template.close();
		}

	}

	/**
	 * What one of the two writes.
	 */
	record Entry(Path target, String text) {
	}

	/**
	 * What the two did.
	 *
	 * @param plan who began, and after how many calls each was preempted
	 * @param steps the changes in order
	 * @param failures of writers
	 */
	record Trace(String plan, List<CrashStep> steps, List<String> failures) {
	}

}
