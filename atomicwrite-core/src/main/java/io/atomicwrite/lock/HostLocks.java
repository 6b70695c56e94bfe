package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.ExternalLocks.RefusedException;
import io.atomicwrite.lock.ExternalLocks.Wait;
import io.atomicwrite.lock.HostLock.ForeignFileException;
import io.atomicwrite.lock.HostLock.StaleFileException;
import io.atomicwrite.lock.JvmLockTable.Use;
import org.jspecify.annotations.Nullable;

/**
 * Acquires the lock of a lock file against the other processes of this host. Waits by
 * trying again and again: the JDK's blocking lock can't be interrupted without closing
 * the file, and pins the carriers of virtual threads.
 */
final class HostLocks {

	private static final long FIRST_PAUSE_NANOS = 100_000L;

	/** How long a look takes, at the most, that nothing interrupts. */
	private static final long SHORT_LOOK_NANOS = 1_000_000L;

	/** How long a look may take that a busy machine interrupts. */
	private static final long LONGEST_LOOK_NANOS = 10_000_000L;

	/** So that a waiter has the lock within 50 ms of its release. */
	static final long LAST_PAUSE_NANOS = 40_000_000L;

	private static final long LINGERING_ELSEWHERE_NANOS = 5 * LingeringFiles.LONGEST.toNanos();

	/** A path that names another file at each look must not hold up a deadline. */
	private static final int MOST_REPLACED = 100;

	private static final String LOSS = "its lock file was deleted, or was opened and closed elsewhere in this process, "
			+ "so leave lock files alone";

	private final FileOps files;

	private final InstantSource clock;

	private final int mode;

	private final boolean keepFile;

	private final boolean linger;

	private final Turns turns = new Turns();

	/**
	 * Creates them.
	 * @param files the file operations
	 * @param clock the clock
	 * @param mode the mode of new lock files
	 * @param keepFile whether lock files are kept when they are released
	 * @param linger whether a lock file that is needed again and again stays open for a
	 * moment
	 */
	HostLocks(FileOps files, InstantSource clock, int mode, boolean keepFile, boolean linger) {
		this.files = files;
		this.clock = clock;
		this.mode = mode;
		this.keepFile = keepFile;
		this.linger = linger;
	}

	FileOps files() {
		return this.files;
	}

	boolean keepsFiles() {
		return this.keepFile;
	}

	/** Returns the calls that end what lingers of these locks. */
	List<Runnable> endings() {
		return LingeringFiles.SHARED.endings(this);
	}

	/** Ends the lingering of a lock file, so that others see what is there without it. */
	void settle(Path lockFile) {
		LingeringFiles.SHARED.end(lockFile);
	}

	Held acquire(Path lockFile, Wait wait) throws RefusedException, IOException {
		rest(lockFile, wait);
		return acquire(new Attempt(lockFile), wait);
	}

	/** Acquires the lock of a lock file that exists; empty if there is none. */
	Optional<Held> acquireExisting(Path lockFile, Wait wait) throws RefusedException, IOException {
		Attempt attempt = new Attempt(lockFile);
		attempt.create = false;
		try {
			return Optional.of(acquire(attempt, wait));
		}
		catch (NoSuchFileException | ForeignFileException ex) {
			// there is none, or what is there is no lock file
			return Optional.empty();
		}
	}

	private Held acquire(Attempt attempt, Wait wait) throws RefusedException, IOException {
		try (attempt) {
			return attempt.take(wait.failFast() ? lockAtOnce(attempt, wait) : lockInTime(attempt, wait));
		}
	}

	private HostLock lockAtOnce(Attempt attempt, Wait wait) throws RefusedException, IOException {
		HostLock lock = attempt.tryPastLooks(SHORT_LOOK_NANOS);
		if (lock == null) {
			wait.refuseIfEnded();
			throw new RefusedException(Reason.BUSY);
		}
		return lock;
	}

	private HostLock lockInTime(Attempt attempt, Wait wait) throws RefusedException, IOException {
		HostLock lock = attempt.tryOnce();
		for (long pause = FIRST_PAUSE_NANOS; lock == null; lock = attempt.tryOnce()) {
			if (attempt.blockedByCurrentThread()) {
				throw new RefusedException(Reason.SELF_DEADLOCK);
			}
			wait.refuseIfEnded();
			if (wait.remainingNanos() <= 0) {
				throw new RefusedException(Reason.TIMEOUT);
			}
			pause(wait, pause);
			pause = Math.min(LAST_PAUSE_NANOS, pause + ThreadLocalRandom.current().nextLong(pause) + 1);
		}
		return lock;
	}

	/**
	 * Pauses; for the longest pause until the next of the moments that all threads share,
	 * so that many waiters cost one wake-up of the processor and not many.
	 */
	private void pause(Wait wait, long length) {
		long nanos = (length < LAST_PAUSE_NANOS) ? length
				: LAST_PAUSE_NANOS - Math.floorMod(System.nanoTime(), LAST_PAUSE_NANOS);
		LockSupport.parkNanos(this, Math.min(nanos, Math.max(1, wait.remainingNanos())));
	}

	private void rest(Path lockFile, Wait wait) throws RefusedException {
		long rest = wait.failFast() ? 0 : this.turns.restNanos(lockFile, System.nanoTime());
		while (rest > 0 && wait.remainingNanos() > 0) {
			LockSupport.parkNanos(this, Math.min(rest, wait.remainingNanos()));
			wait.refuseIfEnded();
			rest = this.turns.restNanos(lockFile, System.nanoTime());
		}
	}

	/** Deletes a lock file that nobody holds, by the protocol of an acquisition. */
	boolean releaseLeftover(Path lockFile) throws IOException {
		settle(lockFile);
		try (Attempt attempt = new Attempt(lockFile)) {
			attempt.create = false;
			HostLock lock = attempt.tryPastLooks(LONGEST_LOOK_NANOS);
			if (lock == null) {
				return false;
			}
			lock.deleteFile();
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Whether a lock file that exists is locked by another; takes its lock for a moment.
	 */
	boolean isHeld(Path lockFile) throws IOException {
		settle(lockFile);
		try (Attempt attempt = new Attempt(lockFile)) {
			attempt.create = false;
			if (attempt.look()) {
				// twice, because the first may have met another that only looks
				LockSupport.parkNanos(this, FIRST_PAUSE_NANOS);
				return attempt.look();
			}
			return false;
		}
		catch (IOException ex) {
			if (IoErrors.isOfDeletedFile(ex)) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * A lock file entered for this JVM and open, while its lock is tried for.
	 */
	private final class Attempt implements AutoCloseable {

		private final Path lockFile;

		private boolean create = true;

		private JvmLockTable.@Nullable Entry entry;

		private @Nullable LockFile file;

		/** What the path showed of the file while it lingered. */
		private @Nullable FileStat lingered;

		Attempt(Path lockFile) {
			this.lockFile = lockFile;
		}

		@Nullable HostLock tryOnce() throws IOException {
			for (int replaced = 0; replaced < MOST_REPLACED && enter(); replaced++) {
				LockFile open = open();
				try {
					return HostLock.tryLock(HostLocks.this.files, this.lockFile, open, this.lingered);
				}
				catch (StaleFileException ex) {
					// its last holder deleted it meanwhile
					closeFile();
				}
			}
			return null;
		}

		/**
		 * Tries again for a moment: whoever only looks at the file, as a census of the
		 * directory does, has its lock meanwhile.
		 */
		@Nullable HostLock tryPastLooks(long longest) throws IOException {
			HostLock lock = tryOnce();
			for (long pause = FIRST_PAUSE_NANOS; lock == null && pause <= longest; pause *= 10) {
				LockSupport.parkNanos(HostLocks.this, pause);
				lock = tryOnce();
			}
			return lock;
		}

		boolean look() throws IOException {
			if (!enter()) {
				return true;
			}
			LockFile open = open();
			if (!open.tryLock()) {
				return true;
			}
			if (open.size() > 0) {
				HostLock.refuseForeign(this.lockFile, open);
			}
			return false;
		}

		/**
		 * Whether this thread has entered the lock file elsewhere; an entry of this
		 * attempt says that another process holds the lock.
		 */
		boolean blockedByCurrentThread() {
			if (this.entry != null) {
				return false;
			}
			JvmLockTable.Holder holder = JvmLockTable.holder(this.lockFile);
			return holder != null && holder.use() != Use.LINGERING && holder.isCurrentThread();
		}

		private boolean enter() {
			if (this.entry == null) {
				Optional<LingeringFile> left = LingeringFiles.SHARED.take(this.lockFile);
				if (left.isEmpty() || !use(left.get())) {
					this.entry = claim();
				}
			}
			return this.entry != null;
		}

		/**
		 * Waits for a file that lingers in another class loader, and is locked by nobody.
		 */
		private JvmLockTable.@Nullable Entry claim() {
			JvmLockTable.Entry claimed = JvmLockTable.claim(this.lockFile, HostLocks.this.clock.instant());
			long end = System.nanoTime() + LINGERING_ELSEWHERE_NANOS;
			while (claimed == null && isLingering() && System.nanoTime() < end) {
				LockSupport.parkNanos(this, FIRST_PAUSE_NANOS);
				claimed = JvmLockTable.claim(this.lockFile, HostLocks.this.clock.instant());
			}
			return claimed;
		}

		private boolean isLingering() {
			JvmLockTable.Holder holder = JvmLockTable.holder(this.lockFile);
			return holder != null && holder.use() == Use.LINGERING;
		}

		/** One that was opened by other file operations is closed as they would. */
		private boolean use(LingeringFile left) {
			if (left.files() != HostLocks.this.files) {
				left.end();
				return false;
			}
			this.entry = left.entry();
			this.entry.show(Use.TRYING, HostLocks.this.clock.instant());
			this.file = left.file();
			this.lingered = left.shown();
			return true;
		}

		private LockFile open() throws IOException {
			LockFile open = this.file;
			if (open == null) {
				try {
					open = openFile();
				}
				catch (IOException ex) {
					throw explain(ex);
				}
				this.file = open;
			}
			return open;
		}

		private LockFile openFile() throws IOException {
			FileOps operations = HostLocks.this.files;
			if (this.create && HostLocks.this.keepFile) {
				try {
					// it is there already but for the first time
					return operations.openLockFile(this.lockFile, HostLocks.this.mode, false);
				}
				catch (NoSuchFileException ex) {
					// this is the first time
				}
			}
			return operations.openLockFile(this.lockFile, HostLocks.this.mode, this.create);
		}

		/**
		 * Names what is at the place of the lock file, where the system speaks of loops
		 * of links or of missing devices.
		 */
		private IOException explain(IOException error) throws IOException {
			FileStat.Kind kind = HostLocks.this.files.kind(this.lockFile);
			if (kind == null || kind == FileStat.Kind.REGULAR) {
				return error;
			}
			return new ForeignFileException(this.lockFile, "is " + kind.text());
		}

		Held take(HostLock lock) {
			if (this.entry != null) {
				this.entry.show(Use.LOCKED, HostLocks.this.clock.instant());
			}
			Held held = new Held(lock, this.lockFile, this.entry);
			this.file = null;
			this.entry = null;
			return held;
		}

		private void closeFile() throws IOException {
			LockFile open = this.file;
			this.file = null;
			this.lingered = null;
			if (open != null) {
				open.close();
			}
		}

		@Override
		public void close() throws IOException {
			try {
				closeFile();
			}
			finally {
				if (this.entry != null) {
					this.entry.close();
				}
			}
		}

	}

	/**
	 * A lock that was acquired.
	 */
	final class Held implements ExternalLocks.Held {

		private final HostLock lock;

		private final Path lockFile;

		private final JvmLockTable.@Nullable Entry entry;

		private final long acquired = System.nanoTime();

		Held(HostLock lock, Path lockFile, JvmLockTable.@Nullable Entry entry) {
			this.lock = lock;
			this.lockFile = lockFile;
			this.entry = entry;
		}

		@Override
		public Optional<String> loss() throws IOException {
			return this.lock.isHeld() ? Optional.empty() : Optional.of(LOSS);
		}

		/**
		 * Releases the lock; a lock file that can't be deleted is left over, and
		 * harmless.
		 */
		@Override
		public void release() throws IOException {
			boolean lingers = false;
			try {
				lingers = linger();
			}
			finally {
				try {
					if (!lingers) {
						end();
					}
				}
				finally {
					HostLocks.this.turns.released(this.lockFile, this.acquired, System.nanoTime());
				}
			}
		}

		private boolean linger() throws IOException {
			JvmLockTable.Entry opened = this.entry;
			if (opened == null || !HostLocks.this.linger
					|| !HostLocks.this.turns.isBusy(this.lockFile, this.acquired)) {
				return false;
			}
			Optional<FileStat> shown = this.lock.unlock();
			if (shown.isEmpty()) {
				return false;
			}
			opened.show(Use.LINGERING, HostLocks.this.clock.instant());
			LingeringFiles.SHARED
				.add(new LingeringFile(HostLocks.this, this.lockFile, this.lock.file(), opened, shown.get()));
			return true;
		}

		private void end() throws IOException {
			// the file is closed before the entry is: see JvmLockTable
			try (JvmLockTable.Entry opened = this.entry; HostLock held = this.lock) {
				if (!HostLocks.this.keepFile) {
					held.deleteFile();
				}
			}
		}

	}

}
