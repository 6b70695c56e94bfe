package io.atomicwrite.test;

import java.nio.file.Path;
import java.util.EnumSet;

import io.atomicwrite.test.contract.FileOpsContract;
import io.atomicwrite.test.contract.FileOpsSubject;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import io.atomicwrite.test.crash.CrashFileOps;

/**
 * The filesystem in memory on which all crash states rest.
 */
class CrashFileOpsContractTests extends FileOpsContract {

	@Override
	protected FileOpsSubject subject() {
		return subject(CrashFileOps.empty(Path.of("/w")));
	}

	static FileOpsSubject subject(CrashFileOps disk) {
		return new FileOpsSubject(disk, Path.of("/w"), EnumSet.of(Trait.ROOT, Trait.USER_ATTRIBUTES, Trait.HARD_LINKS,
				Trait.SYMBOLIC_LINKS, Trait.POSIX_METADATA), (file) -> !disk.isLocked(file));
	}

}
