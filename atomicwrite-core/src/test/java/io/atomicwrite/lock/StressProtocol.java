package io.atomicwrite.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.atomicwrite.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;

/**
 * Ways to lock: ours, and two that look right and are not.
 */
interface StressProtocol {

	void whileLocked(Runnable work);

	static StressProtocol of(String name, Path target) {
		Path lockFile = target.resolveSibling(target.getFileName() + ".lock");
		return switch (name) {
			case "delete" -> new Ours(LockRegistry.file(), target);
			case "keep" -> new Ours(LockRegistry.fileBuilder().keepLockFile(true).build(), target);
			case "naive" -> new Deleting(lockFile, false);
			case "inode" -> new Deleting(lockFile, true);
			default -> throw new IllegalArgumentException(name);
		};
	}

	/**
	 * The registry, asked in every way.
	 */
	record Ours(LockFileRegistry locks, Path target) implements StressProtocol {

		@Override
		public void whileLocked(Runnable work) {
			int dice = ThreadLocalRandom.current().nextInt(100);
			if (dice == 0) {
				this.locks.inspect(this.target);
			}
			else if (dice == 1) {
				this.locks.releaseLeftover(this.target);
			}
			LockRequest request = (dice < 50) ? LockRequest.failFast() : LockRequest.waitUpTo(Duration.ofMillis(dice));
			try (LockLease lease = this.locks.acquire(this.target, request)) {
				work.run();
				lease.ensureHeld();
			}
			catch (LockNotAcquiredException ex) {
				if (ex.reason() == LockNotAcquiredException.Reason.FAILED) {
					throw ex;
				}
			}
		}

	}

	/**
	 * Opens, locks, works, deletes, closes; if asked, tries again unless the path had the
	 * same inode before the open and after the lock. A mutex keeps the threads of one
	 * process apart.
	 */
	final class Deleting implements StressProtocol {

		private final Lock threads = new ReentrantLock();

		private final Path lockFile;

		private final boolean compareInodes;

		Deleting(Path lockFile, boolean compareInodes) {
			this.lockFile = lockFile;
			this.compareInodes = compareInodes;
		}

		@Override
		public void whileLocked(Runnable work) {
			this.threads.lock();
			try {
				Object before = this.compareInodes ? createdInode() : null;
				try (FileChannel channel = FileChannel.open(this.lockFile, StandardOpenOption.CREATE,
						StandardOpenOption.READ, StandardOpenOption.WRITE)) {
					channel.lock();
					if (!this.compareInodes || (before != null && before.equals(inode()))) {
						work.run();
						Files.deleteIfExists(this.lockFile);
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			finally {
				this.threads.unlock();
			}
		}

		private @Nullable Object createdInode() throws IOException {
			try {
				Files.createFile(this.lockFile);
			}
			catch (FileAlreadyExistsException ex) {
				// someone was faster
			}
			return inode();
		}

		private @Nullable Object inode() throws IOException {
			try {
				return Files.readAttributes(this.lockFile, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
					.fileKey();
			}
			catch (NoSuchFileException ex) {
				return null;
			}
		}

	}

}
