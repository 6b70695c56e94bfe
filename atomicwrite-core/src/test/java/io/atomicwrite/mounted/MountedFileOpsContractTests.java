package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.test.LockLookPeer;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFileOpsContract;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.contract.FileOpsSubject;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of the file operations on real filesystems.
 */
@Mounts
@RequiresRoot
@ParameterizedClass
@EnumSource(names = { "TMPFS", "EXT4", "XFS", "BTRFS", "OVERLAY_ON_EXT4" })
class MountedFileOpsContractTests extends RealFileOpsContract {

	@TempDir
	private static Path temp;

	@SuppressWarnings("NullAway.Init")
	private static LockLookPeer peer;

	@SuppressWarnings("NullAway.Init")
	private static MountedFilesystem mounted;

	MountedFileOpsContractTests(RealFilesystem filesystem) {
	}

	@BeforeAll
	static void startPeer() {
		peer = new LockLookPeer();
	}

	@AfterAll
	static void stopPeer() {
		peer.close();
	}

	@BeforeParameterizedClassInvocation
	static void mount(RealFilesystem filesystem) throws IOException {
		mounted = filesystem.mount(Files.createDirectory(temp.resolve(filesystem.name())));
	}

	@AfterParameterizedClassInvocation
	static void unmount() {
		mounted.close();
	}

	@Override
	protected FileOpsSubject subject() throws IOException {
		Set<Trait> traits = EnumSet.allOf(Trait.class);
		if (NativeCalls.status().used()) {
			traits.remove(Trait.LOCKS_OF_THE_PROCESS);
		}
		Path directory = Files.createTempDirectory(mounted.point(), "contract");
		return new FileOpsSubject(FileOps.system(), directory, traits, peer);
	}

}
