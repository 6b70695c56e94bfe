package io.atomicwrite.cli;

import java.nio.file.Files;
import java.util.Random;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever can be read can be the input, and it ends where its producer ends it.
 */
@Forks
@RequiresCommand({ "bash", "python3" })
class InputIT extends EndToEnd {

	private static final String UNBLOCK = "python3 -c 'import os; os.set_blocking(0, False)'; ";

	/** A read of nothing is no end of the content ({@code EAGAIN} of read(2)). */
	@ParameterizedTest
	@ValueSource(strings = { "--checksum sidecar --verify", "--stream", "-i -", "-i /dev/stdin --stream", "--append",
			"--diff" })
	void inputInNonBlockingModeIsReadToItsEnd(String options) throws Exception {
		sh("(printf 'one\\n'; sleep 1.5; printf 'two\\n') | (" + UNBLOCK + "atomic-write " + options + " f > out)")
			.silent();
		assertThat(file("f")).hasContent("one\ntwo\n");
	}

	/** Waits without a processor of its own. */
	@Test
	void waitInNonBlockingModeIsIdle() {
		String seconds = bash(
				"TIMEFORMAT='%U %S'; (sleep 4; echo x) | (" + UNBLOCK + "{ time atomic-write --stream f; } 2>&1)")
			.succeeds()
			.out();
		double processor = 0;
		for (String part : seconds.trim().split(" ")) {
			processor += Double.parseDouble(part);
		}
		// a start takes a part of it
		assertThat(processor).isLessThan(2);
		assertThat(file("f")).hasContent("x\n");
	}

	@Test
	void signalEndsTheWaitInNonBlockingMode() throws Exception {
		write("f", "old");
		sh("mkfifo fifo; (echo one; exec sleep 30) > fifo & (" + UNBLOCK
				+ "exec timeout -s TERM 3 atomic-write --stream f) < fifo; status=$?; kill $!; rm fifo; [ $status = 124 ]")
			.succeeds();
		assertThat(file("f")).hasContent("old");
		assertThat(names()).containsExactly("f");
	}

	@Test
	void reportInNonBlockingModeIsWhole() throws Exception {
		sh("seq 30000 > new; atomic-write --diff -n f < new > whole").silent();
		sh("atomic-write --diff -n f < new 2> err | (sleep 1; cat > out)").silent();
		assertThat(file("out")).hasSameBinaryContentAs(file("whole"));
		bash("exec 3> >(sleep 2; cat > out); python3 -c 'import os; os.set_blocking(3, False)'; "
				+ "atomic-write --diff -n f < new >&3; status=$?; exec 3>&-; wait; exit $status")
			.silent();
		assertThat(file("out")).hasSameBinaryContentAs(file("whole"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream", "--append", "--verify", "--diff --dry-run" })
	void whatIsNoRegularFileIsRead(String option) throws Exception {
		byte[] binary = new byte[300_000];
		new Random(1).nextBytes(binary);
		Files.write(file("content"), binary);
		sh("mkfifo fifo; cat content > fifo & atomic-write " + option + " -i fifo f > out; wait").silent();
		bash("atomic-write " + option + " -i <(cat content) g > out2").silent();
		for (String name : new String[] { "f", "g" }) {
			if (option.contains("--dry-run")) {
				assertThat(file(name)).doesNotExist();
			}
			else {
				assertThat(file(name)).hasBinaryContent(binary);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", textBlock = """
			echo x > s; atomic-write -i - f < s                                       => x
			echo x | atomic-write -i - f                                              => x
			echo x | atomic-write --input=- --stream f                                => x
			echo x | atomic-write -i /dev/stdin f                                     => x
			(echo x; echo y) > s; (read line; atomic-write -i /dev/stdin f) < s       => y
			echo x > s; exec 8< s; rm s; atomic-write -i /dev/fd/8 f                  => x
			echo x > s; ln -s s l; atomic-write -i l f                                => x
			echo x > -; echo y | atomic-write -i ./- f                                => x
			atomic-write -i /proc/sys/kernel/ostype f                                 => Linux
			""")
	void inputByEachOfItsNames(String script, String content) {
		bash(script).silent();
		assertThat(file("f")).hasContent(content + "\n");
	}

	@Test
	void socketIsRead() throws Exception {
		for (String option : new String[] { "", "-i -", "-i /dev/stdin --stream" }) {
			write("pair.py", """
					import socket, subprocess, sys
					one, other = socket.socketpair()
					command = subprocess.Popen(['atomic-write'] + sys.argv[1:], stdin=other)
					other.close()
					one.sendall(b'x' * 100000)
					one.close()
					sys.exit(command.wait())
					""");
			sh("python3 pair.py " + option + " f").silent();
			assertThat(file("f")).hasSize(100_000);
			Files.delete(file("f"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-i . f                          | Error: .: Is a directory
			-i gone f                       | Error: gone: No such file or directory
			-i /dev/fd/77 f                 | Error: /dev/fd/77: No such file or directory
			-                               | Error: -: is standard input or output, and no file
			-- -                            | Error: -: is standard input or output, and no file
			--lock-file - f                 | Error: -: is standard input or output, and no file
			""")
	void refusesWhatCanNotBeRead(String arguments, String message) throws Exception {
		write("f", "old");
		sh("echo new | atomic-write " + arguments).fails(1, message);
		assertThat(file("f")).hasContent("old");
		assertThat(names()).containsExactly("f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-i -", "-i /dev/stdin", "-i /dev/fd/0 --stream" })
	void closedStandardInputIsNoEmptyOne(String options) throws Exception {
		write("f", "old");
		sh("atomic-write --allow-empty " + options + " f <&-").fails(1, "standard input is closed");
		assertThat(file("f")).hasContent("old");
	}

	private Result bash(String script) {
		return run("bash", "-c", script);
	}

}
