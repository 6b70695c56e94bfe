package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.DaemonCalls;
import org.jspecify.annotations.Nullable;

/**
 * The lock files that have stayed open for a moment, because their locks were acquired
 * again and again: to lock such a file once more takes fewer system calls than to create
 * and delete it each time, and changes nothing of the directory. A thread that lives only
 * while there are such files ends those that nobody has needed for {@link #LONGEST}, and
 * the end of the JVM ends all. Thread-safe.
 */
final class LingeringFiles {

	/**
	 * Long enough for a loop of writes; so short that people and programs that look at
	 * the directory after a loop hardly ever see the file.
	 */
	static final Duration LONGEST = Duration.ofMillis(20);

	/** One for all registries, so that one can have what another one has left open. */
	static final LingeringFiles SHARED = new LingeringFiles();

	/** How long the thread waits for further files before it ends. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Duration SHUTDOWN = Duration.ofSeconds(2);

	private final Map<Path, Since> files = new ConcurrentHashMap<>();

	private volatile long longest = LONGEST.toNanos();

	private volatile @Nullable Thread keeper;

	private volatile boolean ended;

	/**
	 * Returns whether files may linger: with the operations of this machine, and not with
	 * those of a test, where nothing is to happen at a time of its own.
	 */
	static boolean suit(FileOps operations) {
		return operations == FileOps.system() || operations == FileOps.jdk();
	}

	/**
	 * Sets how long files stay that nobody needs: tests of what others do meanwhile need
	 * time.
	 */
	void stay(Duration time) {
		this.longest = time.toNanos();
	}

	/** Leaves a file to the next one who needs it. */
	void add(LingeringFile file) {
		this.files.put(file.path(), new Since(file, System.nanoTime()));
		if (this.keeper == null) {
			start();
		}
		if (this.ended) {
			end(file.path());
		}
	}

	/** Returns a file that has stayed open; it belongs to the caller from now on. */
	Optional<LingeringFile> take(Path lockFile) {
		Since found = this.files.isEmpty() ? null : this.files.remove(lockFile);
		return (found != null) ? Optional.of(found.file) : Optional.empty();
	}

	/** Ends the lingering of a file. */
	void end(Path lockFile) {
		take(lockFile).ifPresent(LingeringFile::end);
	}

	/** Returns the calls that end all files of these locks. */
	List<Runnable> endings(HostLocks locks) {
		return this.files.values()
			.stream()
			.filter((since) -> since.file.locks() == locks)
			.<Runnable>map((since) -> () -> end(since.file.path()))
			.toList();
	}

	private synchronized void start() {
		if (this.keeper != null) {
			return;
		}
		Thread atExit = DaemonCalls.thread("atomicwrite-lock-files-exit", this::endAll);
		try {
			Runtime.getRuntime().addShutdownHook(atExit);
		}
		catch (IllegalStateException ex) {
			this.ended = true;
			return;
		}
		this.keeper = DaemonCalls.start("atomicwrite-lock-files", () -> keep(atExit));
	}

	private void keep(Thread atExit) {
		long used = System.nanoTime();
		while (System.nanoTime() - used < PATIENCE_NANOS) {
			LockSupport.parkNanos(this, LONGEST.toNanos() / 2);
			long now = System.nanoTime();
			for (Since since : this.files.values()) {
				used = now;
				if (now - since.nanos >= this.longest && this.files.remove(since.file.path(), since)) {
					since.file.end();
				}
			}
		}
		try {
			Runtime.getRuntime().removeShutdownHook(atExit);
		}
		catch (IllegalStateException ex) {
			// the JVM ends, and so does this
			return;
		}
		this.keeper = null;
		if (!this.files.isEmpty()) {
			start();
		}
	}

	private void endAll() {
		this.ended = true;
		DaemonCalls.run("atomicwrite-lock-files-exit",
				this.files.keySet().stream().<Runnable>map((path) -> () -> end(path)).toList(), SHUTDOWN);
	}

	/**
	 * A file, and since when nobody has needed it.
	 */
	private record Since(LingeringFile file, long nanos) {
	}

}
