package io.atomicwrite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What signals do to a write.
 */
class SignalTests {

	/** More than a pipe takes (64 KiB): once all of it is written, the command reads. */
	private static final byte[] PART = new byte[100_000];

	@TempDir
	private Path logs;

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void createTarget() throws IOException {
		this.target = Files.writeString(this.directory.resolve("config.json"), "old");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT", "HUP" })
	void leavesNothingWhenInterruptedInTheStream(String signal) throws Exception {
		try (Program program = streaming()) {
			assertInterrupted(program.signal(signal));
			assertThat(files()).containsExactly("config.json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT" })
	void leavesNothingWhenInterruptedWhileReadingAll(String signal) throws Exception {
		try (Program program = Program.atomicWrite(this.logs, this.target.toString()).typed(PART)) {
			assertInterrupted(program.signal(signal));
			assertThat(files()).containsExactly("config.json");
		}
	}

	@Test
	void leavesTheLockToItsHolderWhenInterruptedWhileWaitingForIt() throws Exception {
		try (Program holder = Program.lockHolder(this.logs, this.target);
				Program program = Program.atomicWrite(this.logs, this.target.toString()).input(PART)) {
			awaitOpen(program, "config.json.lock");
			assertInterrupted(program.signal("TERM"));
			assertThat(files()).containsExactly("config.json", "config.json.lock");
			assertThat(holder.input().status()).isZero();
		}
	}

	@Test
	void writesAfterAnInterruptionAndAfterAKill() throws Exception {
		try (Program program = streaming()) {
			assertThat(program.signal("KILL").status()).isEqualTo(128 + 9);
			assertThat(this.target).hasContent("old");
			assertThat(files()).contains("config.json.lock").hasSize(3);
		}
		Program next = Program.atomicWrite(this.logs, "--no-wait", this.target.toString()).input("new".getBytes(UTF_8));
		assertThat(next.status()).as(next.err()).isZero();
		assertThat(this.target).hasContent("new");
		assertThat(files()).doesNotContain("config.json.lock");
	}

	/** A write that has the lock and a part of the content, and waits for more. */
	private Program streaming() throws IOException {
		Program program = Program.atomicWrite(this.logs, "--stream", this.target.toString()).typed(PART);
		Awaitility.await().atMost(Program.LONG).until(this::stagedBytes, (bytes) -> bytes == PART.length);
		return program;
	}

	private long stagedBytes() {
		long bytes = 0;
		for (String name : files()) {
			if (name.endsWith(".tmp")) {
				bytes += this.directory.resolve(name).toFile().length();
			}
		}
		return bytes;
	}

	/** Waits until a process has a file open, as the one that tries for a lock has. */
	private static void awaitOpen(Program program, String name) {
		Path descriptors = Path.of("/proc/" + program.pid() + "/fd");
		Awaitility.await().atMost(Program.LONG).ignoreExceptions().until(() -> {
			try (Stream<Path> links = Files.list(descriptors)) {
				return links.anyMatch((link) -> leadsTo(link, name));
			}
		});
	}

	private static boolean leadsTo(Path link, String name) {
		try {
			return Files.readSymbolicLink(link).endsWith(name);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void assertInterrupted(Program program) throws InterruptedException {
		assertThat(program.status()).as(program.err()).isEqualTo(3);
		assertThat(program.err()).isEqualTo("Error: " + this.target + ": interrupted; the target is as it was\n");
		assertThat(this.target).hasContent("old");
	}

	private List<String> files() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
