package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;

/**
 * Decides whether a free lock in a directory proves that no writer is active. It does not
 * where locks fail to reach every writer.
 */
final class LockTrust {

	private final GuaranteeInspector inspector;

	private final LockRegistry locks;

	LockTrust(FileOps files, LockRegistry locks) {
		this.inspector = new GuaranteeInspector(files);
		this.locks = locks;
	}

	boolean holds(Path directory) throws IOException {
		if (this.locks.scope() == LockScope.CLUSTER) {
			// a lock of the store that is free, or that is taken over, revokes its writer
			return true;
		}
		GuaranteeLevel exclusion = this.inspector.inspectDirectory(directory).level(Guarantee.WRITER_EXCLUSION);
		return this.locks.leaseMarksWriter() && exclusion.satisfies(GuaranteeLevel.BEST_EFFORT);
	}

}
