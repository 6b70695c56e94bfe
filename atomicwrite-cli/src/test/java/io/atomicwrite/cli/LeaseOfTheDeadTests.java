package io.atomicwrite.cli;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.Stresses;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code atomic-write lock} is killed while a write runs under its lease, as by the
 * out-of-memory killer: the write may commit only as long as the lease is held.
 */
@Stresses
class LeaseOfTheDeadTests {

	private static final Duration LONG = Duration.ofSeconds(120);

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private Process holder;

	private ProcessHandle writer;

	private RandomAccessFile input;

	@BeforeEach
	void paths() throws IOException {
		this.directory = this.temporary.toRealPath();
		this.target = Files.writeString(this.directory.resolve("f"), "old");
	}

	@AfterEach
	void end() throws IOException {
		this.input.close();
		this.writer.destroyForcibly();
		this.holder.destroyForcibly();
	}

	@ParameterizedTest
	@EnumSource(Then.class)
	void writeUnderALeaseThatIsLostDoesNotCommit(Then then) throws Exception {
		Path messages = startWriter();
		LockLease taken = null;
		try (LockRegistry locks = LockRegistry.file();
				AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build()) {
			if (then != Then.HOLDER_LIVES) {
				this.holder.destroyForcibly();
				assertThat(this.holder.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
			}
			if (then == Then.ANOTHER_WRITES) {
				template.writeString(this.target, "another's");
			}
			else if (then == Then.ANOTHER_LOCKS) {
				taken = locks.acquire(this.target, LockRequest.waitForever());
			}
			this.input.write("y".getBytes());
			this.input.close();
			this.writer.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
			if (taken != null) {
				taken.ensureHeld();
				taken.close();
			}
		}
		assertThat(this.target).hasContent(switch (then) {
			case HOLDER_LIVES -> "xy";
			case ANOTHER_WRITES -> "another's";
			default -> "old";
		});
		assertThat(messages).content().satisfies((text) -> {
			if (then == Then.HOLDER_LIVES) {
				assertThat(text).isEmpty();
			}
			else {
				assertThat(text).contains("Error: f: ");
			}
		});
		assertThat(staging()).isEmpty();
	}

	/** Starts both, and waits until the content is on its way. */
	private Path startWriter() throws Exception {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", ForkedJvm.classPath(), AtomicWrite.class.getName());
		List<String> words = new ArrayList<>(command);
		words.addAll(List.of("lock", "f", "--"));
		words.addAll(command);
		words.addAll(List.of("--stream", "f"));
		File messages = this.temporary.resolveSibling(this.temporary.getFileName() + ".err").toFile();
		messages.deleteOnExit();
		ProcessBuilder builder = new ProcessBuilder(words).directory(this.directory.toFile())
			.redirectOutput(messages)
			.redirectError(messages);
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		// a pipe of ours: that of a process is closed with the process
		Path pipe = this.temporary.resolveSibling(this.temporary.getFileName() + ".pipe");
		Shell.run("mkfifo", pipe.toString());
		pipe.toFile().deleteOnExit();
		this.input = new RandomAccessFile(pipe.toFile(), "rw");
		builder.redirectInput(pipe.toFile());
		this.holder = builder.start();
		this.writer = this.holder.toHandle();
		this.input.write("x".getBytes());
		Awaitility.await().atMost(LONG).until(() -> !staging().isEmpty());
		this.writer = this.holder.toHandle().descendants().findFirst().orElseThrow();
		return messages.toPath();
	}

	private List<String> staging() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.matches("\\.f\\.[0-9a-f]{16}\\.tmp"))
				.toList();
		}
	}

	/**
	 * What happens before the content ends.
	 */
	enum Then {

		/** Nothing. */
		HOLDER_LIVES,

		/** The holder is killed. */
		NOBODY_LOCKS,

		/** The holder is killed, and another writes. */
		ANOTHER_WRITES,

		/** The holder is killed, and another has the lock. */
		ANOTHER_LOCKS

	}

}
