package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import io.atomicwrite.Remedy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.lock.ExternalLocks.Held;
import io.atomicwrite.lock.ExternalLocks.RefusedException;
import io.atomicwrite.lock.ExternalLocks.Wait;

/**
 * The lock file beneath the lock of a store, by which programs of the same host that know
 * no store are excluded too. Where a filesystem passes on record locks to other hosts, it
 * is left out: a host that was lost would keep its lock file for as long as the server
 * waits for it, and clients of the same name break each other's.
 */
final class HostLayer {

	private final FileOps files;

	private final LockFiles locks;

	private final Optional<Boolean> chosen;

	HostLayer(FileOps files, LockFiles locks, Optional<Boolean> chosen) {
		this.files = files;
		this.locks = locks;
		this.chosen = chosen;
	}

	Optional<Held> acquire(Path target, Wait wait) throws RefusedException, IOException {
		return appliesTo(target) ? Optional.of(this.locks.acquire(target, wait)) : Optional.empty();
	}

	LockInfo inspect(Path target) throws IOException {
		return appliesTo(target) ? this.locks.inspect(target) : LockInfo.free(target);
	}

	List<Runnable> endings() {
		return this.locks.endings();
	}

	Remedy remedy(IOException error) {
		return this.locks.remedy(error);
	}

	/** Returns the lock files of a target that nobody holds. */
	List<Path> leftovers(Path target) throws IOException {
		return appliesTo(target) ? this.locks.leftovers(target) : List.of();
	}

	/** Deletes those of the lock files of a target that nobody holds. */
	boolean releaseLeftovers(Path target, Predicate<Path> chosen) throws IOException {
		return appliesTo(target) && this.locks.releaseLeftovers(target, chosen);
	}

	private boolean appliesTo(Path target) throws IOException {
		if (this.chosen.isPresent()) {
			return this.chosen.get();
		}
		String type = this.files.mount(Objects.requireNonNull(target.getParent())).type();
		return switch (FilesystemClass.of(type)) {
			case NETWORK, FUSE, UNKNOWN -> false;
			case LOCAL_POSIX_PERSISTENT, LOCAL_POSIX_VOLATILE, OVERLAY, LOCAL_WINDOWS, READ_ONLY -> true;
		};
	}

}
