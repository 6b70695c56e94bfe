package io.atomicwrite.lock;

import java.util.List;

import io.atomicwrite.test.LockRegistryContract;

/**
 * The contract of lock registries for file locks whose file is kept.
 */
class KeepingFileLockRegistryTests extends LockRegistryContract {

	KeepingFileLockRegistryTests() {
		super(LockScope.HOST, true);
	}

	@Override
	protected LockRegistry create(List<LockListener> listeners) {
		FileLockRegistryBuilder builder = LockRegistry.fileBuilder().keepLockFile(true);
		listeners.forEach(builder::listener);
		return builder.build();
	}

}
