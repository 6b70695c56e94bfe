package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.lock.LockRegistry;

/**
 * Tells whether locks prove in a directory that a writer is gone: where they do not reach
 * everyone who writes there, a free lock proves nothing.
 */
final class LockTrust {

	private final GuaranteeInspector inspector;

	private final LockRegistry locks;

	LockTrust(FileOps files, LockRegistry locks) {
		this.inspector = new GuaranteeInspector(files);
		this.locks = locks;
	}

	boolean holds(Path directory) throws IOException {
		GuaranteeLevel exclusion = this.inspector.inspectDirectory(directory).level(Guarantee.WRITER_EXCLUSION);
		return this.locks.leaseMarksWriter() && exclusion.satisfies(GuaranteeLevel.BEST_EFFORT);
	}

}
