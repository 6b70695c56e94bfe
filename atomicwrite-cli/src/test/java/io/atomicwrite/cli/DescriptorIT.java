package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What leads to something that a process has open is not replaced, nor is what is no
 * regular file.
 */
@Forks
@RequiresCommand("bash")
class DescriptorIT extends EndToEnd {

	@ParameterizedTest
	@ValueSource(strings = { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link", "--append /dev/stdout",
			"--stream /dev/stdout", "--no-clobber /dev/stdout", "--backup /dev/stdout", "--checksum sidecar link",
			"--diff --dry-run /dev/stdout", "-p /dev/stdout", "/dev/fd/7/new", "-p /dev/fd/7/a/new",
			"--backup-dir /dev/fd/7 old", "--lock-file /dev/fd/7/lock old", "/proc/self/cwd/new" })
	void writeThroughADescriptorIsRefused(String arguments) throws Exception {
		write("old", "old\n");
		sh("mkdir d; exec 7< d; ln -s /dev/stdout link; (echo one; echo two | atomic-write " + arguments
				+ " 2> err && echo status; echo three) > log; cat err >&2; exit 1")
			.fails(1, "to what a process has open");
		assertThat(file("log")).hasContent("one\nthree\n");
		assertThat(file("old")).hasContent("old\n");
		assertThat(file("d")).isEmptyDirectory();
		assertThat(names()).containsExactly("d", "err", "link", "log", "old");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lock /dev/stdout -- touch ran  | Error: /dev/stdout: leads through /proc/
			restore /dev/stdout            | Error: /dev/stdout:
			verify -                       | Error: -: is standard input or output, and no file
			recover /dev/fd/7              | to what a process has open
			housekeep --all /dev/fd/7      | to what a process has open
			""")
	void otherCommandsRefuseItToo(String arguments, String message) {
		sh("mkdir d; : > d/f.lock; exec 7< d; atomic-write " + arguments + " > log").fails(1, message);
		assertThat(names(file("d"))).containsExactly("f.lock");
		assertThat(names()).containsExactly("d", "log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/dev/null", "null", "fifo", "tofifo", "socket", "--diff -n fifo", "--diff -n null",
			"--append tofifo", "-p null" })
	void whatIsNoRegularFileIsNotReplaced(String arguments) {
		sh("mkfifo fifo; ln -s fifo tofifo; ln -s /dev/null null; "
				+ "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'")
			.silent();
		sh("echo x | timeout 60 atomic-write " + arguments).fails(1, "only regular files are written");
		sh("[ -p fifo ] && [ -h tofifo ] && [ -h null ] && [ -S socket ] && [ -c /dev/null ]").silent();
		assertThat(names()).containsExactly("fifo", "null", "socket", "tofifo");
	}

	@Test
	void fileOfTheUserBehindLinksIsWritten() throws Exception {
		sh("mkdir -p 2026/d; ln -s d 2026/l; ln -s 2026/l/f link; echo x | atomic-write link").silent();
		assertThat(file("2026/d/f")).hasContent("x\n");
	}

}
