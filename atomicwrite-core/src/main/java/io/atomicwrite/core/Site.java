package io.atomicwrite.core;

import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.lock.LockLeases;

/**
 * What an operation has once its target is resolved, granted, leased and looked at.
 *
 * @param operation the operation
 * @param options its options
 * @param grant what the directory promises
 * @param leases the leases of the target and of whatever else is changed
 * @param place the target under its lease
 * @param changed the directories that are to be synced
 */
record Site(Operation operation, WriteOptions options, Grant grant, LockLeases leases, Place place,
		ChangedDirectories changed) {

	Undo undo() {
		return this.operation.undo();
	}

}
