package io.atomicwrite.cli;

import java.nio.file.Files;
import java.util.Random;

import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes in, and how it replaces what was there.
 */
@RequiresCommand("patch")
class WriteIT extends EndToEnd {

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream", "--stream --verify", "--verify", "-i copy", "--input copy --stream" })
	void writesEveryByte(String options) throws Exception {
		byte[] binary = new byte[300_000];
		new Random(1).nextBytes(binary);
		Files.write(file("input"), binary);
		Files.write(file("copy"), binary);
		write("f", "old");
		sh("atomic-write " + options + " f < input").silent();
		assertThat(file("f")).hasBinaryContent(binary);
		assertThat(names()).containsExactly("copy", "f", "input");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream" })
	void refusesEmptyInputUnlessAllowed(String option) throws Exception {
		write("f", "old");
		sh("atomic-write " + option + " f < /dev/null").fails(1, "Error: f: No input provided");
		assertThat(file("f")).hasContent("old");
		sh("atomic-write " + option + " --allow-empty f < /dev/null").silent();
		assertThat(file("f")).isEmptyFile();
		assertThat(names()).containsExactly("f");
	}

	@Test
	void refusesAClosedInput() throws Exception {
		write("f", "old");
		sh("atomic-write --allow-empty f <&-").fails(1, "Error: f: No input provided: standard input is closed");
		assertThat(file("f")).hasContent("old");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			f < /          | Error: f: standard input can't be read: Is a directory
			--input gone f | Error: gone: No such file or directory
			--input . f    | Error: .: Is a directory
			.              | Error: .: Is a directory
			directory      | Error: directory: Is a directory, and only regular files are written
			f/             | Error: f/: Is a directory
			gone/f         | Error: gone/f: No such file or directory
			file/f         | Error: file/f: Not a directory
			loop           | Error: loop: Too many levels of symbolic links
			fifo           | only regular files are written
			/proc/x        | Error: /proc/x: a file can't be replaced in one step there
			""")
	void namesTheFileAndTheErrorOfTheSystem(String arguments, String message) throws Exception {
		write("f", "old");
		write("file", "");
		sh("ln -s loop loop && mkfifo fifo && mkdir directory").silent();
		Result result = sh("echo new | atomic-write " + arguments);
		result.fails(1, message);
		assertThat(result.err()).contains("\nHint: ");
		assertThat(file("f")).hasContent("old");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--no-such-option", "-t x", "-t -1", "--mode 9", "--mode rw", "--safety none",
			"--no-wait --timeout 1", "--no-wait --wait", "--mode 600 --no-preserve-mode",
			"--preserve-owner --try-preserve-owner", "--no-preserve-owner --preserve-owner", "--append --no-clobber",
			"--dry-run", "--diff --stream", "--expect-digest 12", "--checksum md5", "--keep 0", "--backup-suffix .tmp",
			"--backup-mode 99", "-v -q", "--lock-mode 1777", "--lock-file d/", "one-too-many", "-i" })
	void refusesWhatItCanNotUse(String options) throws Exception {
		write("f", "old");
		sh("echo new | atomic-write " + options + " f").fails(1, "");
		assertThat(file("f")).hasContent("old");
		assertThat(names()).containsExactly("f");
	}

	@Test
	void takesNoArgumentAsAnError() {
		sh("echo new | atomic-write").fails(1, "Missing argument: OUTPUT");
	}

	@Test
	void appendsUnderTheLock() throws Exception {
		sh("echo 1 | atomic-write --append f && echo 2 | atomic-write --append f && echo 3 | atomic-write --append --stream f")
			.silent();
		assertThat(file("f")).hasContent("1\n2\n3\n");
	}

	@Test
	void doesNotAppendToWhatIsDamaged() throws Exception {
		sh("echo 1 | atomic-write --checksum sidecar f && echo x > f").silent();
		sh("echo 2 | atomic-write --append --checksum sidecar f").fails(1, "its content has the checksum");
		assertThat(file("f")).hasContent("x\n");
		assertThat(names()).containsExactly("f", "f.sha256");
	}

	@Test
	void doesNotClobber() throws Exception {
		sh("echo 1 | atomic-write --no-clobber f").silent();
		sh("echo 2 | atomic-write --no-clobber f").fails(1, "Error: f: File exists");
		assertThat(file("f")).hasContent("1\n");
		assertThat(names()).containsExactly("f");
	}

	@Test
	void replacesOnlyTheContentThatWasRead() throws Exception {
		write("f", "old");
		sh("d=$(sha256sum f | cut -c1-64) && echo new | atomic-write --expect-digest $d f && cp f g "
				+ "&& echo newer | atomic-write --expect-digest $d f")
			.fails(1, "expected version");
		assertThat(file("f")).hasContent("new\n");
	}

	@Test
	void showsADiffThatPatchTakes() throws Exception {
		sh("seq 30 > f && cp f g && seq 30 | sed '3d;20s/$/ changed/' > new").silent();
		sh("atomic-write --diff --dry-run f < new > diff").silent();
		assertThat(file("f")).hasSameBinaryContentAs(file("g"));
		sh("atomic-write --diff f < new | cmp - diff && cmp f new && patch -s g diff && cmp g new").silent();
		assertThat(sh("atomic-write --diff f < new").succeeds().out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-p", "--parents", "-p --stream", "-p --append", "-p --diff",
			"-p --backup --checksum sidecar" })
	void createsDirectoriesOnlyIfAsked(String option) {
		String without = option.replaceFirst("-p|--parents", "");
		Result refused = sh("echo x | atomic-write " + without + " a/b/f");
		refused.fails(1, "Error: a/b/f: No such file or directory: its directory does not exist\nHint: ");
		assertThat(refused.err()).contains("--parents");
		assertThat(names()).isEmpty();
		sh("umask 027; echo x | atomic-write " + option
				+ " a/b/f > diff; rm diff; stat -c %a a a/b | grep -vx 750; true")
			.silent();
		assertThat(file("a/b/f")).hasContent("x\n");
		assertThat(names()).containsExactly("a");
	}

	@Test
	void writeThatFailsLeavesNoDirectory() {
		sh("echo x | atomic-write -p --expect-digest " + "0".repeat(64) + " a/b/f").fails(1, "expected version");
		sh("echo x | atomic-write -p --lock-file gone/lock a/b/f").fails(1,
				"gone: Cannot use the lock file: No such file or directory");
		sh("echo x | atomic-write -p -n --diff a/b/f > /dev/null").silent();
		sh("echo x | atomic-write -n --diff a/b/f").fails(1, "its directory does not exist");
		assertThat(names()).isEmpty();
	}

	@Test
	void followsALinkAndKeepsIt() throws Exception {
		write("f", "old");
		sh("ln -s f link && echo new | atomic-write link").silent();
		assertThat(file("f")).hasContent("new\n");
		assertThat(file("link")).isSymbolicLink();
	}

	@Test
	void keepsAChecksum() throws Exception {
		sh("echo new | atomic-write --checksum sidecar f && sha256sum -c --quiet f.sha256").silent();
		sh("echo new | atomic-write --checksum attribute g && atomic-write verify -q f g").silent();
		assertThat(names()).containsExactly("f", "f.sha256", "g");
	}

	@Test
	void fileNamedLikeACommandIsReachedByItsPath() throws Exception {
		sh("for c in housekeep verify inspect doctor locks restore recover lock; do echo $c | atomic-write ./$c; done")
			.silent();
		assertThat(file("housekeep")).hasContent("housekeep\n");
		assertThat(names()).hasSize(8);
	}

	@Test
	void tellsItsVersionAndItsUse() {
		assertThat(sh("atomic-write -V").succeeds().out()).matches("atomic-write \\d+\\.\\d+\\.\\d+\\S*\n");
		assertThat(sh("atomic-write --help").succeeds().out()).startsWith("Usage: atomic-write [OPTIONS] OUTPUT")
			.contains("--no-preserve-mode", "housekeep", "Exit status:");
		assertThat(sh("atomic-write lock -h").succeeds().out()).startsWith("Usage: atomic-write lock ");
	}

	@Test
	void saysThatTheInputDoesNotFitIntoTheMemory() throws Exception {
		write("f", "old");
		sh("head -c 60000000 /dev/zero | ATOMIC_WRITE_JAVA_OPTS=-Xmx16m atomic-write f").fails(1,
				"the input does not fit into the memory");
		sh("head -c 60000000 /dev/zero | ATOMIC_WRITE_JAVA_OPTS=-Xmx16m atomic-write --stream f").silent();
		assertThat(file("f")).hasSize(60_000_000);
	}

}
