package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command as scripts see it: a process with arguments, input, output and an exit
 * status.
 */
class AtomicWriteCommandTests {

	private static final byte[] NEW = "new".getBytes(UTF_8);

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
	@ValueSource(strings = { "", "--stream" })
	void writesTheInput(String option) throws Exception {
		byte[] binary = new byte[300_000];
		new Random(1).nextBytes(binary);
		Program program = run(binary, option(option, this.target));
		assertThat(program.status()).as(program.err()).isZero();
		assertThat(this.target).hasBinaryContent(binary);
		assertThat(program.out()).isEmpty();
		assertThat(program.err()).isEmpty();
		assertNoArtifacts();
	}

	@Test
	void createsAFileThatIsMissing() throws Exception {
		Path fresh = this.directory.resolve("-n ä\n.json");
		Program program = run(NEW, "--", fresh.toString());
		assertThat(program.status()).as(program.err()).isZero();
		assertThat(fresh).hasContent("new");
	}

	@Test
	void setsTheMode() throws Exception {
		assertThat(run(NEW, "-m", "0640", this.target.toString()).status()).isZero();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.target))).isEqualTo("rw-r-----");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream" })
	void refusesEmptyInput(String option) throws Exception {
		assertFails(1, "the input is empty", run(new byte[0], option(option, this.target)));
	}

	@Test
	void writesEmptyInputIfAllowed() throws Exception {
		assertThat(run(new byte[0], "--allow-empty", this.target.toString()).status()).isZero();
		assertThat(this.target).isEmptyFile();
	}

	@Test
	void refusesAClosedInput() throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
		command.addAll(Program.java(AtomicWriteCommand.class, this.target.toString()));
		assertFails(1, "standard input", Program.start(this.logs, Map.of(), command));
	}

	@Test
	void refusesInputThatCanNotBeRead() throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" </", "sh"));
		command.addAll(Program.java(AtomicWriteCommand.class, this.target.toString()));
		assertFails(1, "standard input can't be read: Is a directory", Program.start(this.logs, Map.of(), command));
	}

	@Test
	void refusesAMissingDirectory() throws Exception {
		Path missing = this.directory.resolve("missing/file");
		Program program = run(NEW, missing.toString());
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).startsWith("Error: " + missing + ": its directory does not exist");
		assertThat(missing.getParent()).doesNotExist();
	}

	@Test
	void refusesADirectory() throws Exception {
		Program program = run(NEW, this.directory.toString());
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).startsWith("Error: " + this.directory + ": is a directory");
	}

	@Test
	void refusesATrailingSlash() throws Exception {
		Program program = run(NEW, this.target + "/");
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).startsWith("Error: " + this.target + "/: a trailing slash");
		assertThat(this.target).hasContent("old");
	}

	@Test
	void refusesANameThatTheLocaleDoesNotKnow() throws Exception {
		List<String> command = List.of("sh", "-c",
				"exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" " + AtomicWriteCommand.class.getName()
						+ " \"$(printf 'config\\303\\244')\"",
				Path.of(System.getProperty("java.home"), "bin/java").toString(), System.getProperty("java.class.path"));
		try (Program program = Program.start(this.logs, Map.of("LC_ALL", "C"), command).input(NEW)) {
			assertThat(program.status()).isEqualTo(1);
			assertThat(program.err()).contains("set LC_ALL");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--no-such-option", "--timeout=x", "--timeout=-1", "--mode=9", "--safety=none",
			"--no-wait --timeout=1", "one-too-many" })
	void refusesUnusableOptions(String options) throws Exception {
		List<String> args = new ArrayList<>(List.of(options.split(" ")));
		args.add(this.target.toString());
		Program program = run(NEW, args.toArray(String[]::new));
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).startsWith("Error: ").doesNotContain("Error: Error").doesNotContain("Exception");
		assertThat(this.target).hasContent("old");
	}

	@Test
	void tellsHowItIsUsed() throws Exception {
		Program program = run(NEW, "-h");
		assertThat(program.status()).isZero();
		assertThat(program.out()).startsWith("Usage: atomic-write ");
	}

	@Test
	void tellsItsVersion() throws Exception {
		Program program = run(NEW, "-V");
		assertThat(program.status()).isZero();
		assertThat(program.out()).matches("atomic-write \\d+\\.\\d+\\.\\d+\\S*\n");
	}

	@Test
	void doesNotWaitForALockIfToldSo() throws Exception {
		try (Program holder = Program.lockHolder(this.logs, this.target)) {
			Program program = run(NEW, "--no-wait", this.target.toString());
			assertThat(program.status()).isEqualTo(2);
			assertThat(program.err()).startsWith("Error: " + this.target + ": locked by process " + holder.pid());
			assertThat(this.target).hasContent("old");
		}
	}

	@Test
	void waitsForALockAsLongAsToldTo() throws Exception {
		try (Program holder = Program.lockHolder(this.logs, this.target)) {
			Program program = run(NEW, "--timeout", "1", this.target.toString());
			assertThat(program.status()).isEqualTo(2);
			assertThat(program.err()).startsWith("Error: " + this.target + ": lock not acquired within PT1S")
				.contains("process " + holder.pid());
			assertThat(this.target).hasContent("old");
		}
	}

	@Test
	void writesOnceTheLockIsReleased() throws Exception {
		try (Program holder = Program.lockHolder(this.logs, this.target)) {
			Program program = run(NEW, "--timeout", "20", this.target.toString());
			assertThat(holder.input().status()).isZero();
			assertThat(program.status()).as(program.err()).isZero();
			assertThat(this.target).hasContent("new");
			assertNoArtifacts();
		}
	}

	private Program run(byte[] input, String... args) throws IOException {
		return Program.atomicWrite(this.logs, args).input(input);
	}

	private static String[] option(String option, Path target) {
		return option.isEmpty() ? new String[] { target.toString() } : new String[] { option, target.toString() };
	}

	private void assertFails(int status, String why, Program program) throws Exception {
		assertThat(program.status()).as(program.err()).isEqualTo(status);
		assertThat(program.err()).startsWith("Error: " + this.target + ": " + why);
		assertThat(this.target).hasContent("old");
		assertNoArtifacts();
	}

	private void assertNoArtifacts() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.target);
		}
	}

}
