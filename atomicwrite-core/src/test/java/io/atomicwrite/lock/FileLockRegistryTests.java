package io.atomicwrite.lock;

import java.util.List;

import io.atomicwrite.test.LockRegistryContract;

/**
 * The contract of lock registries for file locks whose file is deleted on release.
 */
class FileLockRegistryTests extends LockRegistryContract {

	FileLockRegistryTests() {
		super(LockScope.HOST, false);
	}

	@Override
	protected LockRegistry create(List<LockListener> listeners) {
		FileLockRegistryBuilder builder = LockRegistry.fileBuilder();
		listeners.forEach(builder::listener);
		return builder.build();
	}

}
