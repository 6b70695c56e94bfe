package io.atomicwrite.lock;

import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.contract.LockRegistryContract;

/**
 * The contract of lock registries for locks among threads.
 */
class InProcessLockRegistryTests extends LockRegistryContract {

	InProcessLockRegistryTests() {
		super(LockScope.REGISTRY);
	}

	@Override
	protected LockRegistry create(List<LockListener> listeners) {
		return new InProcessLockRegistry(FileOps.system(), listeners);
	}

}
