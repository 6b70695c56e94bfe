package io.atomicwrite.syscall;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a write makes its content durable, as seen by {@code strace}.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "strace", "losetup", "mkfs.ext4", "mkfs.xfs", "mkfs.btrfs" })
class WriteOutTests {

	private static final String WRITE_OUT = "sync_file_range(";

	private static final String SYNC = "fsync(";

	@TempDir
	private Path temp;

	/** By {@code java.nio} it is synced everywhere: the JDK has no such call. */
	@ParameterizedTest
	@CsvSource({ "XFS, true", "EXT4, true", "EXT4_WRITEBACK, false", "EXT4_NO_JOURNAL, false", "EXT3, false",
			"BTRFS, false", "TMPFS, false", "OVERLAY_ON_XFS, false" })
	void contentIsSyncedUnlessTheJournalKeepsTheOrder(RealFilesystem filesystem, boolean ordered) throws Exception {
		List<String> calls = callsOfAWrite(filesystem);
		int rename = indexOf(calls, "rename");
		boolean writtenOut = ordered && NativeCalls.status().used();
		assertThat(calls.subList(0, rename)).filteredOn((call) -> call.startsWith(SYNC)).hasSize(writtenOut ? 0 : 1);
		assertThat(calls.subList(0, rename)).filteredOn((call) -> call.startsWith(WRITE_OUT))
			.hasSize(writtenOut ? 1 : 0)
			.allMatch((call) -> call.contains("WAIT_BEFORE|SYNC_FILE_RANGE_WRITE|SYNC_FILE_RANGE_WAIT_AFTER"));
		assertThat(calls.subList(rename, calls.size())).filteredOn((call) -> call.startsWith(SYNC)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "ENOSYS", "EPERM" })
	void contentIsSyncedWhereASandboxRefusesToWriteItOut(String error) throws Exception {
		List<String> calls = callsOfAWrite(RealFilesystem.XFS, "-e", "inject=sync_file_range:error=" + error);
		int rename = indexOf(calls, "rename");
		assertThat(calls.subList(0, rename)).filteredOn((call) -> call.startsWith(SYNC)).hasSize(1);
		assertThat(calls.subList(rename, calls.size())).filteredOn((call) -> call.startsWith(SYNC)).hasSize(1);
	}

	private static int indexOf(List<String> calls, String name) {
		for (int i = 0; i < calls.size(); i++) {
			if (calls.get(i).startsWith(name)) {
				return i;
			}
		}
		throw new AssertionError("no " + name + " in " + calls);
	}

	private List<String> callsOfAWrite(RealFilesystem filesystem, String... options) throws Exception {
		try (MountedFilesystem mounted = filesystem.mount(Files.createDirectory(this.temp.resolve("mounted")))) {
			Path target = Files.writeString(mounted.point().resolve("f"), "old");
			List<String> calls = SystemCallCountTests.callsOfAWrite(this.temp, target, false, false, options);
			assertThat(target).hasSize(1024);
			return calls;
		}
	}

}
