package io.atomicwrite.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.LockFile;
import org.jspecify.annotations.Nullable;

/**
 * The leases of readers: shared record locks on one file for each version, which any
 * process that may read can take. This process has each such file open once, because
 * closing a second descriptor would drop the lock ({@code fcntl(2)}). Thread-safe.
 */
final class ReaderLeases {

	private static final Map<Path, Held> HELD = new ConcurrentHashMap<>();

	private ReaderLeases() {
	}

	/**
	 * Takes a lease of a version.
	 * @return the lease, empty if the version is gone or is being swept
	 */
	static Optional<Lease> read(Directory root, String version) throws IOException {
		Path file = root.path(VersionNames.readers(version));
		try {
			Held held = HELD.compute(file, (path, known) -> join(root, VersionNames.readers(version), known));
			return (held != null && held.shared) ? Optional.of(new Lease(file)) : Optional.empty();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private static @Nullable Held join(Directory root, String name, @Nullable Held known) {
		if (known != null) {
			return known.shared ? known.with(1) : known;
		}
		try {
			FileStat before = root.stat(name);
			if (before == null) {
				return null;
			}
			FileHandle file = root.openForSync(name);
			boolean complete = false;
			try {
				FileStat now = file.tryLock() ? root.stat(name) : null;
				complete = now != null && now.isSameFile(before) && now.changed().equals(before.changed());
				return complete ? new Held(file::close, true, 1) : null;
			}
			finally {
				if (!complete) {
					file.close();
				}
			}
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Keeps readers out of a version.
	 * @return what lets them in again, empty if the version has readers
	 */
	static Optional<Lease> exclude(Directory root, String version) throws IOException {
		Path file = root.path(VersionNames.readers(version));
		AtomicBoolean free = new AtomicBoolean();
		try {
			HELD.compute(file, (path, known) -> {
				Held held = (known != null) ? known : lockAlone(root, VersionNames.readers(version));
				free.set(known == null && held != null);
				return held;
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		return free.get() ? Optional.of(new Lease(file)) : Optional.empty();
	}

	private static @Nullable Held lockAlone(Directory root, String name) {
		try {
			LockFile file = root.openLockFile(name, 0, false);
			boolean locked = false;
			try {
				locked = file.tryLock();
				return locked ? new Held(file::close, false, 1) : null;
			}
			finally {
				if (!locked) {
					file.close();
				}
			}
		}
		catch (NoSuchFileException ex) {
			// whoever reads takes a lease of a file that exists
			return new Held(() -> {
			}, false, 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns how many leases this process has, by the path of their file. */
	static int held(Path file) {
		Held held = HELD.get(file);
		return (held != null && held.shared) ? held.count : 0;
	}

	private static void leave(Path file) {
		HELD.computeIfPresent(file, (path, held) -> {
			if (held.count > 1) {
				return held.with(-1);
			}
			try {
				held.lock.close();
			}
			catch (IOException ex) {
				// nothing was written; the lock ends with the descriptor
			}
			return null;
		});
	}

	/** A lease; closing it again does nothing. */
	static final class Lease implements AutoCloseable {

		private final Path file;

		private final AtomicBoolean closed = new AtomicBoolean();

		private Lease(Path file) {
			this.file = file;
		}

		@Override
		public void close() {
			if (this.closed.compareAndSet(false, true)) {
				leave(this.file);
			}
		}

	}

	private interface Lock {

		void close() throws IOException;

	}

	private record Held(Lock lock, boolean shared, int count) {

		Held with(int more) {
			return new Held(this.lock, this.shared, this.count + more);
		}

	}

}
