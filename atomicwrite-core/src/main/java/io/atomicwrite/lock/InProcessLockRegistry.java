package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Excludes the threads that share the registry.
 */
final class InProcessLockRegistry extends QueueingLockRegistry {

	InProcessLockRegistry(FileOps files, List<LockListener> listeners) {
		super(files, InstantSource.system(), listeners);
	}

	@Override
	public LockScope scope() {
		return LockScope.REGISTRY;
	}

	@Override
	HostLocks.@Nullable Held lockHost(Path target, Deadline deadline) {
		return null;
	}

	@Override
	public boolean releaseLeftover(Path target) {
		return false;
	}

}
