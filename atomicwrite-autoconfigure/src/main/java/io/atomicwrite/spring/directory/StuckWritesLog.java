package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.Runbook;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.spring.directory.LiveWrites.ActiveWrite;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs writes of this process to managed directories that stay in one phase for more than
 * a minute, with their thread and the remedy. One line for each directory names the write
 * that has stayed the longest; it is repeated when that is another one, at most once a
 * minute. It looks when the directory is looked at, so a directory that does not answer
 * is logged as that and not by its writes. Thread-safe.
 */
public final class StuckWritesLog implements DirectoryListener {

	private static final Log logger = LogFactory.getLog(StuckWritesLog.class);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final LiveWrites writes;

	private final Duration limit;

	private final Map<String, Logged> last = new ConcurrentHashMap<>();

	/**
	 * Creates a log.
	 * @param writes the writes under way
	 */
	public StuckWritesLog(LiveWrites writes) {
		this(writes, LIMIT);
	}

	StuckWritesLog(LiveWrites writes, Duration limit) {
		this.writes = writes;
		this.limit = limit;
	}

	@Override
	public void looked(ManagedDirectory directory, Answer<DirectoryInspection> answer) {
		List<Stuck> stuck = this.writes.in(directory.name())
			.map(Stuck::of)
			.filter((write) -> write.time.compareTo(this.limit) >= 0)
			.sorted(Comparator.comparing(Stuck::time).reversed())
			.toList();
		this.last.compute(directory.name(), (name, before) -> log(directory, stuck, before));
	}

	private @Nullable Logged log(ManagedDirectory directory, List<Stuck> stuck, @Nullable Logged before) {
		if (stuck.isEmpty()) {
			if (before != null) {
				logger.info("Writes to the managed directory " + directory.label() + " get on again");
			}
			return null;
		}
		Stuck first = stuck.get(0);
		if (before != null && (before.isAbout(first) || before.age().compareTo(this.limit) < 0)) {
			return before;
		}
		logger.warn(text(first, stuck.size() - 1));
		return new Logged(first.write.attempt(), first.phase, System.nanoTime());
	}

	private static String text(Stuck first, int others) {
		String also = (others > 0) ? ", and " + others + " more in this directory do not get on either" : "";
		return "The write to " + first.write.target() + " in the thread '" + first.write.thread()
				+ "' has been in its phase " + first.phase.name().toLowerCase(Locale.ROOT) + " for "
				+ first.time.toSeconds() + " s" + also + ": " + remedy(first.phase);
	}

	private static String remedy(WritePhase phase) {
		String stack = "; see its stack (jstack " + ProcessHandle.current().pid() + ")";
		return switch (phase) {
			case LOCK ->
				"someone else holds the lock; /actuator/atomicwrite names the holder, do not delete the lock file; see "
						+ Runbook.LOCK_TIMEOUTS.url();
			case STAGE -> "the application has not finished its content, and others wait for the lock" + stack + " and "
					+ Runbook.WRITER_STUCK.url();
			default -> "a call to the disk or the file server does not return, and others wait for the lock" + stack
					+ " and " + Runbook.WRITER_STUCK.url();
		};
	}

	/**
	 * A write that does not get on, as it was at one moment.
	 */
	private record Stuck(ActiveWrite write, WritePhase phase, Duration time) {

		static Stuck of(ActiveWrite write) {
			return new Stuck(write, write.attempt().phase(), write.attempt().inPhase());
		}

	}

	/**
	 * What was logged last.
	 */
	private record Logged(WriteAttempt attempt, WritePhase phase, long nanos) {

		boolean isAbout(Stuck write) {
			return this.attempt == write.write.attempt() && this.phase == write.phase;
		}

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.nanos);
		}

	}

}
