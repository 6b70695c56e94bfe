package io.atomicwrite.syscall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many system calls a thread of a warm JVM makes to replace a file three names deep.
 * The bounds stand where the code is; the list is printed.
 */
@Stresses
@RequiresCommand("strace")
class SystemCallCountTests {

	/**
	 * Memory, threads and time: what the JVM needs them for is no matter of the protocol.
	 */
	private static final Set<String> APART = Set.of("futex", "mmap", "munmap", "mprotect", "madvise", "brk",
			"sched_yield", "rt_sigprocmask", "rt_sigreturn", "rt_sigaction", "restart_syscall", "clock_gettime",
			"clock_nanosleep", "gettimeofday", "getrusage", "getpid", "gettid", "membarrier");

	@TempDir
	private Path temp;

	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@BeforeEach
	void createDirectory() throws IOException {
		this.directory = Files.createTempDirectory(Path.of("/tmp").toRealPath(), "calls");
		assertThat(this.directory.getNameCount()).as("names of the directory").isEqualTo(2);
	}

	@AfterEach
	void deleteDirectory() throws IOException {
		Files.deleteIfExists(this.directory.resolve("f"));
		Files.delete(this.directory);
	}

	@ParameterizedTest
	@CsvSource({ "locked by itself, true, true, 31, 28", "locked in a loop, true, false, 24, 25",
			"without lock, false, false, 20, 19" })
	void replacingAFileNeedsFewSystemCalls(String kind, boolean locked, boolean breaks, int ofTheJdk, int ofNativeCalls)
			throws IOException {
		int most = NativeCalls.status().used() ? ofNativeCalls : ofTheJdk;
		Path target = Files.writeString(this.directory.resolve("f"), "old");
		List<String> calls = callsOfAWrite(this.temp, target, locked, breaks);
		System.out.println(kind + ": " + calls.size() + " system calls");
		calls.forEach((call) -> System.out.println("  " + call.replace(this.directory.toString(), "/x/y")));
		assertThat(calls).as("the calls of a write").isNotEmpty().hasSizeLessThanOrEqualTo(most);
		// what the disk has of the content is synced with its name where a journal keeps
		// the order
		assertThat(calls.stream().filter((call) -> call.startsWith("fsync(") || call.startsWith("sync_file_range(")))
			.as("syncs")
			.hasSize(2);
		assertThat(target).hasSize(1024);
	}

	/**
	 * Returns the calls of a write of a warm JVM.
	 * @param temp where the trace goes
	 * @param options further options of {@code strace}
	 */
	static List<String> callsOfAWrite(Path temp, Path target, boolean locked, boolean breaks, String... options)
			throws IOException {
		Path trace = Files.createDirectory(temp.resolve("trace"));
		List<String> command = new ArrayList<>(
				List.of("strace", "-ff", "-qq", "-e", "signal=none", "-s", "12", "-o", trace + "/t"));
		command.addAll(List.of(options));
		try (ForkedJvm peer = ForkedJvm.start(command, ForkedJvm.classPath(), SystemCallCountPeer.class,
				target.toString(), Boolean.toString(locked), Boolean.toString(breaks))) {
			assertThat(peer.join()).as(peer::output).isZero();
		}
		return fewest(trace);
	}

	/** The calls of the write that had the fewest: once in a while others come along. */
	private static List<String> fewest(Path trace) throws IOException {
		List<List<String>> writes = new ArrayList<>();
		try (Stream<Path> threads = Files.list(trace)) {
			for (Path thread : threads.toList()) {
				List<String> current = null;
				for (String line : Files.readAllLines(thread)) {
					if (line.contains(SystemCallCountPeer.BEGIN.toString())) {
						current = new ArrayList<>();
					}
					else if (current != null && line.contains(SystemCallCountPeer.END.toString())) {
						writes.add(current);
						current = null;
					}
					else if (current != null && !APART.contains(line.substring(0, Math.max(0, line.indexOf('('))))) {
						current.add(line);
					}
				}
			}
		}
		return writes.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
	}

}
