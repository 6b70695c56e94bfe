package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SharedDirectoryLogTests {

	@TempDir
	private Path directory;

	@Test
	void anotherProcessThatWritesIsNamedWithTheRemedy(CapturedOutput output) throws Exception {
		try (ForkedJvm other = ForkedJvm.start(Holder.class, this.directory.resolve("a.json").toString());
				LockRegistry locks = LockRegistry.file();
				DirectoryLooks looks = looks(locks)) {
			looks.listen(new SharedDirectoryLog());
			count(looks);
			assertThat(lines(output)).isEmpty();
			assertThat(other.ask("lock")).isEqualTo("held");
			try (LockLease own = locks.acquire(this.directory.resolve("b.json"), LockRequest.failFast())) {
				own.ensureHeld();
				for (int i = 0; i < 3; i++) {
					count(looks);
				}
			}
			assertThat(lines(output)).singleElement()
				.asString()
				.contains("WARN", "Managed directory 'data'", "the process " + other.pid() + " (", "java", "a.json",
						"update()", "a directory of its own");
		}
	}

	private DirectoryLooks looks(LockRegistry locks) {
		FileOps files = FileOps.system();
		return new DirectoryLooks(new ManagedDirectories(Map.of("data", this.directory)),
				new DirectoryInspector(files, new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST)),
				new DirectoryCensus(files, locks, ".backup"), Duration.ofMinutes(1), InstantSource.system());
	}

	private static void count(DirectoryLooks looks) {
		assertThat(looks.examine(looks.directories().all()))
			.allSatisfy((directory, state) -> assertThat(state.census().current()).as(directory.name()).isPresent());
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("SharedDirectoryLog")).toList();
	}

	/**
	 * Another process, which holds a lock once it is asked to.
	 */
	static final class Holder {

		public static void main(String[] args) throws Exception {
			int read = System.in.read();
			try (LockRegistry locks = LockRegistry.file();
					LockLease lease = locks.acquire(Path.of(args[0]), LockRequest.failFast())) {
				lease.ensureHeld();
				ForkedJvm.reply("held");
				while (read >= 0) {
					read = System.in.read();
				}
			}
		}

	}

}
