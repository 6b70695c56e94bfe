package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.test.LockLookPeer;
import io.atomicwrite.test.RealFileOpsContract;
import io.atomicwrite.test.contract.FileOpsSubject;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operations of this machine, those that forward to them, and those of the JDK, in
 * the directory for temporary files.
 */
@ParameterizedClass
@EnumSource
class SystemFileOpsContractTests extends RealFileOpsContract {

	@SuppressWarnings("NullAway.Init")
	private static LockLookPeer peer;

	private final Implementation implementation;

	@TempDir
	private Path directory;

	SystemFileOpsContractTests(Implementation implementation) {
		this.implementation = implementation;
	}

	@BeforeAll
	static void startPeer() {
		peer = new LockLookPeer();
	}

	@AfterAll
	static void stopPeer() {
		peer.close();
	}

	@Override
	protected FileOpsSubject subject() throws IOException {
		Set<Trait> traits = EnumSet.of(Trait.SPECIAL_FILES, Trait.HARD_LINKS, Trait.SYMBOLIC_LINKS,
				Trait.POSIX_METADATA, Trait.LOCK_HOLDERS);
		if (this.implementation == Implementation.JDK || !NativeCalls.status().used()) {
			traits.add(Trait.LOCKS_OF_THE_PROCESS);
		}
		if (System.getProperty("user.name").equals("root")) {
			traits.add(Trait.ROOT);
		}
		if (this.directory.getFileSystem().provider().getFileStore(this.directory).supportsFileAttributeView("user")) {
			traits.add(Trait.USER_ATTRIBUTES);
		}
		FileOps files = switch (this.implementation) {
			case SYSTEM -> FileOps.system();
			case FORWARDING -> new ForwardingFileOps(FileOps.system()) {
			};
			case JDK -> NioFileOps.INSTANCE;
		};
		return new FileOpsSubject(files, this.directory.toRealPath(), traits, peer);
	}

	enum Implementation {

		SYSTEM, FORWARDING,

		/** The same as the first, unless that is native calls. */
		JDK

	}

}
