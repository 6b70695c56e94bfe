package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.maintenance.DirectoryCensus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs that another process writes a managed directory too, with who it is and the
 * remedy: at most one line an hour for each directory. It looks when the artifacts of the
 * directory are counted, and so sees only who holds a lock at that moment. Thread-safe.
 */
public final class SharedDirectoryLog implements DirectoryListener {

	private static final Log logger = LogFactory.getLog(SharedDirectoryLog.class);

	private static final Duration PAUSE = Duration.ofHours(1);

	private final Duration pause;

	private final Map<String, Long> last = new ConcurrentHashMap<>();

	/**
	 * Creates a log.
	 */
	public SharedDirectoryLog() {
		this(PAUSE);
	}

	SharedDirectoryLog(Duration pause) {
		this.pause = pause;
	}

	@Override
	public void looked(ManagedDirectory directory, Answer<DirectoryInspection> answer) {
		// the locks of others are found by a count
	}

	@Override
	public void counted(ManagedDirectory directory, Answer<DirectoryCensus.Report> answer) {
		answer.current()
			.flatMap((report) -> report.heldElsewhere().stream().findFirst())
			.ifPresent((lock) -> this.last.compute(directory.name(), (name, before) -> log(directory, lock, before)));
	}

	private @Nullable Long log(ManagedDirectory directory, LockInfo lock, @Nullable Long before) {
		if (before != null && System.nanoTime() - before < this.pause.toNanos()) {
			return before;
		}
		logger.warn("Managed directory " + directory.label() + " is written by " + who(lock)
				+ " too, which holds the lock of " + lock.target()
				+ ". The locks keep writes apart, but each may undo what the other wrote: change files by update() or with "
				+ "an expected version, or give each instance a directory of its own");
		return System.nanoTime();
	}

	private static String who(LockInfo lock) {
		Long pid = lock.pid();
		if (pid == null) {
			return "another process (of another host or container)";
		}
		return "the process " + pid
				+ ProcessHandle.of(pid)
					.flatMap((process) -> process.info().command())
					.map((name) -> " (" + name + ")")
					.orElse("");
	}

}
