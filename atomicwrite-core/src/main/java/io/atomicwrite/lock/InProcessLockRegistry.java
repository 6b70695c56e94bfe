package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;

/**
 * Excludes the threads that share the registry: its queue is all there is.
 */
final class InProcessLockRegistry extends QueueingLockRegistry {

	InProcessLockRegistry(FileOps files, List<LockListener> listeners) {
		super(new NoExternalLocks(), files, InstantSource.system(), LockListeners.of(listeners));
	}

	private static final class NoExternalLocks implements ExternalLocks {

		@Override
		public LockScope scope() {
			return LockScope.REGISTRY;
		}

		@Override
		public Held acquire(Path target, Wait wait) {
			return new Held() {

				@Override
				public Optional<String> loss() {
					return Optional.empty();
				}

				@Override
				public void release() {
					// the queue hands over
				}

			};
		}

		@Override
		public LockInfo inspect(Path target) {
			return LockInfo.free(target);
		}

	}

}
