package io.atomicwrite.lock;

import java.util.List;

import io.atomicwrite.test.contract.LockFileContract;

/**
 * The contract of lock registries for file locks whose file is deleted on release.
 */
class FileLockRegistryTests extends LockFileContract {

	FileLockRegistryTests() {
		super(false);
	}

	@Override
	protected LockFileRegistry create(List<LockListener> listeners) {
		LockFileRegistry.Builder builder = LockRegistry.fileBuilder();
		listeners.forEach(builder::listener);
		return builder.build();
	}

}
