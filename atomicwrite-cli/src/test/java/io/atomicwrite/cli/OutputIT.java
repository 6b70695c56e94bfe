package io.atomicwrite.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told, where, and in which form.
 */
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
	@ValueSource(strings = { "--bogus f", "f/", "gone/f", "--timeout x f", "--input gone f", "" })
	void jsonHasErrorsToo(String arguments) {
		Result result = sh("echo 1 | atomic-write --json " + arguments + " 2> log");
		assertThat(result.status()).isEqualTo(1);
		assertThat(sh("jq -rs 'last | .level, .status, (.message | type)' log").succeeds().out())
			.isEqualTo("error\n1\nstring\n");
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
		String stream = "(for i in 1 2 3 4; do head -c 100000 /dev/zero; sleep 0.5; done) | atomic-write --stream f";
		assertThat(sh(stream).silent().err()).isEmpty();
		Result onTerminal = sh("script -qec \"sh -c '" + stream + "'\" /dev/null").succeeds();
		assertThat(onTerminal.out()).contains("KiB, ", "KiB/s").endsWith("\r\033[K");
		assertThat(sh("script -qec \"sh -c '" + stream.replace("--stream", "-q --stream") + "'\" /dev/null").out())
			.isEmpty();
	}

}
