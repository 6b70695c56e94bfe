package io.atomicwrite.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.atomicwrite.lock.ExternalLocks;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockScope;

/**
 * Locks in a map, which several registries share as they would share a table of a
 * database.
 */
public final class MapLocks implements ExternalLocks {

	private final ConcurrentMap<Path, Held> rows = new ConcurrentHashMap<>();

	@Override
	public LockScope scope() {
		return LockScope.HOST;
	}

	@Override
	public Held acquire(Path target, Wait wait) throws RefusedException {
		Row row = new Row(target);
		while (this.rows.putIfAbsent(target, row) != null) {
			wait.pause(Duration.ofMillis(2));
		}
		return row;
	}

	@Override
	public LockInfo inspect(Path target) {
		return this.rows.containsKey(target) ? new LockInfo(target, LockInfo.State.HELD, null, null, null)
				: LockInfo.free(target);
	}

	/** Takes all locks from their holders. */
	void clear() {
		this.rows.clear();
	}

	private final class Row implements Held {

		private final Path target;

		Row(Path target) {
			this.target = target;
		}

		@Override
		public Optional<String> loss() {
			return (MapLocks.this.rows.get(this.target) == this) ? Optional.empty()
					: Optional.of("its row was deleted");
		}

		@Override
		public void release() {
			MapLocks.this.rows.remove(this.target, this);
		}

	}

}
