package io.atomicwrite.cli;

import java.util.List;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is reported, where, and in which form.
 */
@Forks
@RequiresCommand({ "jq", "strace", "script" })
class OutputIT extends EndToEnd {

	@Test
	void tellsMoreTheMoreItIsAsked() {
		Result info = sh("echo 1 > f; echo 2 | atomic-write -v -b f").succeeds();
		assertThat(info.err()).isEqualTo(
				"Simple mode, 2 bytes read\nLock acquired\nBackup " + real("f.backup") + "\nWritten f, 2 bytes\n");
		assertThat(info.out()).isEmpty();
		Result debug = sh("echo 2 | atomic-write -vv f").succeeds();
		assertThat(debug.err()).contains("Staging file " + real(".f."), "Lock file " + real("f.lock"), "SYNC took ");
	}

	private String real(String name) {
		return sh("pwd -P").out().trim() + "/" + name;
	}

	@Test
	void jsonHasOneObjectALineAndNothingElse() {
		Result result = sh("echo 1 > f; echo 2 | atomic-write --json -b --verify f 2> log; jq -c .level,.message log");
		assertThat(result.succeeds().out()).contains("\"info\"\n\"Lock acquired\"\n")
			.contains("\"Written f, 2 bytes\"");
		assertThat(sh("jq -r 'select(.size) | .file, .size, .outcome, .backup' log").out())
			.isEqualTo("f\n2\nDURABLE\n" + real("f.backup") + "\n");
		assertThat(sh("jq -r 'select(.lock_file) | .lock_file, (.wait_time_ms | type)' log").out())
			.isEqualTo(real("f.lock") + "\nnumber\n");
		assertThat(sh("echo 2 | atomic-write --json -q f").silent().err()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-vv --diff f                  | 0
			-vv --stream --verify -b f    | 0
			--bogus f                     | 1
			-t x f                        | 1
			-vv gone/f                    | 1
			f/                            | 1
			-q                            | 1
			-vv -i gone f                 | 1
			-vv --expect-digest 12 f      | 1
			housekeep --all               | 0
			housekeep --all gone          | 1
			housekeep --all --bogus       | 1
			verify f                      | 1
			verify -vv gone f f/          | 1
			verify                        | 1
			inspect .                     | 0
			inspect                       | 1
			doctor .                      | 0
			doctor --overlap 2 -t 0.5 .   | 1
			locks .                       | 0
			locks -vv gone                | 1
			restore --list f              | 0
			restore --from gone f         | 1
			recover -n .                  | 0
			recover -vv gone              | 1
			lock f -- true                | 0
			lock f -- no-such-command     | 127
			lock --no-wait held -- true   | 2
			lock --bogus f -- true        | 1
			get f.json a                  | 0
			get f.json b                  | 1
			set -vv f.json a=2            | 0
			set f.json a=1                | 0
			set f.json a=x                | 1
			unset f.json a                | 0
			merge -i f.json f.json        | 0
			set --bogus f.json            | 1
			""")
	void jsonIsAllThatEachCommandTells(String arguments, int status) throws Exception {
		write("f", "old");
		write("f.json", "{\"a\": 1}");
		String words = arguments.contains(" -- ") ? arguments.replace(" -- ", " --json -- ") : arguments + " --json";
		String script = arguments.contains("held") ? "atomic-write lock held -- env -u ATOMIC_WRITE_LEASE " : "";
		Result result = sh("echo new | " + script + "atomic-write " + words + " 2> err");
		assertThat(result.status()).as(result.out()).isEqualTo(status);
		// each line by itself, and of those that are errors the status
		List<String> told = sh("jq -Rr 'fromjson | [type, (.level | type), (.message | type)] | join(\" \")' err && "
				+ "jq -rs 'map(select(.level == \"error\") | .status) | max' err")
			.succeeds()
			.out()
			.lines()
			.toList();
		assertThat(told).last().isEqualTo((status == 0) ? "null" : String.valueOf(status));
		assertThat(told.subList(0, told.size() - 1)).allMatch("object string string"::equals);
		for (String line : arguments.contains("--diff") ? List.<String>of() : result.out().lines().toList()) {
			assertThat(line).matches("\\{.*}|1");
		}
	}

	@Test
	void errorsOfUseNameTheCommandAndItsHelp() {
		sh("echo x | atomic-write --bogus f").fails(1,
				"Error: atomic-write: Unknown option: '--bogus'\nHint: see atomic-write --help\n");
		sh("atomic-write restore").fails(1,
				"Error: atomic-write restore: Missing argument: FILE\nHint: see atomic-write restore --help\n");
		sh("atomic-write doctor --overlap 0 .").fails(1, "Error: --overlap: '0' is no number");
	}

	@Test
	void failureOfTheRuntimeUnderTheLockIsToldAndLeavesNothing() throws Exception {
		sh("head -c 60000000 /dev/zero > f").silent();
		Result result = sh("echo new | ATOMIC_WRITE_JAVA_OPTS=-Xmx16m atomic-write --json --diff f");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.err().lines().reduce((first, last) -> last).orElseThrow()).startsWith("{\"level\":\"error\"")
			.contains("does not fit into the memory");
		assertThat(file("f")).hasSize(60_000_000);
		assertThat(names()).containsExactly("f");
	}

	@Test
	void jsonEscapesWhatItMust() {
		sh("n=$(printf 'a\\n\"b\\\\\\001ä\\360\\237\\230\\200'); echo 1 | atomic-write --json \"$n\" 2> log && "
				+ "[ \"$(jq -r 'select(.size) | .file' log)\" = \"$n\" ]")
			.silent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2>&-", ">&-", ">&- 2>&-", "2>/dev/full", ">/dev/full" })
	void closedOutputLosesNoData(String redirection) {
		sh("echo new | atomic-write -vv --diff --allow-empty --stream f " + redirection).toString();
		sh("echo new | atomic-write -vv f " + redirection).succeeds();
		assertThat(file("f")).hasContent("new\n");
		assertThat(names()).containsExactly("f");
	}

	@Test
	void readerThatGoesAwayLosesNoData() {
		sh("seq 100000 > f; seq 200000 | atomic-write --diff -vv f 2>&1 | head -1 > /dev/null; seq 200000 | cmp - f")
			.silent();
	}

	@Test
	void progressIsShownOnATerminalAlone() {
		String stream = "(for i in 1 2 3 4; do head -c 100000 /dev/zero; sleep 0.5; done) | atomic-write --stream ";
		String terminal = "script -qec \"sh -c '%s'\" /dev/null";
		try (Running none = start("sh", "-c", stream + "f");
				Running shown = start("sh", "-c", String.format(terminal, stream + "g"));
				Running quiet = start("sh", "-c", String.format(terminal, stream + "-q h"))) {
			assertThat(none.end().silent().err()).isEmpty();
			assertThat(shown.end().succeeds().out()).contains("KiB, ", "KiB/s").endsWith("\r\033[K");
			assertThat(quiet.end().succeeds().out()).isEmpty();
		}
	}

	@Test
	void progressTellsThePartOfAFile() {
		sh("head -c 1000000 /dev/zero > big").silent();
		assertThat(sh("script -qec 'strace -f -qq -o /dev/null -P big -e trace=read -e inject=read:delay_exit=150000 "
				+ "atomic-write --stream -i big f' /dev/null")
			.succeeds()
			.out()).matches("(?s).* KiB, [0-9.]+ KiB/s, [1-9][0-9]? %\r.*");
	}

}
