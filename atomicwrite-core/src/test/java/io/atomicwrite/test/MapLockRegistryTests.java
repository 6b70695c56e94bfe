package io.atomicwrite.test;

import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.LockLostException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.test.contract.ExternalLockContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of lock registries for one that is built outside their package.
 */
class MapLockRegistryTests extends ExternalLockContract {

	private final MapLocks table = new MapLocks();

	MapLockRegistryTests() {
		super(LockScope.HOST);
	}

	@Override
	protected LockRegistry create(List<LockListener> listeners) {
		return LockRegistry.queueing(this.table, FileOps.system(), InstantSource.system(), listeners);
	}

	@Test
	void leaseDoesNotMarkItsWriterUnlessItsLocksDo() {
		assertThat(locks().leaseMarksWriter()).isFalse();
	}

	@Test
	void lossIsReportedWithItsReason() {
		LockLease lease = locks().acquire(target(), SOON);
		this.table.clear();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
			.withMessageContaining("its row was deleted; the target is as it was");
		lease.close();
	}

}
