package io.atomicwrite.lock;

import java.util.List;

import io.atomicwrite.test.contract.LockFileContract;

/**
 * The contract of lock registries for file locks whose file is kept.
 */
class KeepingFileLockRegistryTests extends LockFileContract {

	KeepingFileLockRegistryTests() {
		super(true);
	}

	@Override
	protected LockFileRegistry create(List<LockListener> listeners) {
		LockFileRegistry.Builder builder = LockRegistry.fileBuilder().keepLockFile(true);
		listeners.forEach(builder::listener);
		return builder.build();
	}

}
