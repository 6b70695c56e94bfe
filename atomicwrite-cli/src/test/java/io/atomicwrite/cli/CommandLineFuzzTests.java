package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.atomicwrite.test.EvidenceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No command line ends in a stack trace, nor with a status that is not documented.
 */
@Timeout(600)
class CommandLineFuzzTests {

	private static final int COUNT = Integer.getInteger("fuzz.count", 3000);

	/** That a failure names, to be given again as {@code -Dfuzz.seed}. */
	private static final long SEED = Long.getLong("fuzz.seed", (COUNT > 3000) ? new Random().nextLong() : 1);

	@TempDir
	private Path directory;

	@Test
	void anyCommandLineEndsWithAStatusAndAMessage() throws Exception {
		// what a command does to the directory above stays in the temporary one
		Path working = Files.createDirectories(this.directory.resolve("above/working"));
		Files.createDirectory(working.resolve("d"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				CommandLineFuzzer.class.getName(), Long.toString(SEED), Integer.toString(COUNT))
			.directory(working.toFile())
			.redirectErrorStream(true)
			.start();
		process.getOutputStream().close();
		List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertThat(process.waitFor()).as("seed " + SEED + ": " + lines).isZero();
		List<String> failed = lines.stream().filter((line) -> line.startsWith(CommandLineFuzzer.FAILED)).toList();
		record(failed.size());
		assertThat(failed).as("seed " + SEED).isEmpty();
		// each kind of end was seen, or it would be no test of them
		assertThat(lines).last().asString().matches("run: " + COUNT + " \\[[1-9]\\d*, [1-9]\\d*, \\d+, \\d+\\]");
	}

	private static void record(int losses) throws IOException {
		boolean usual = COUNT <= 3000;
		new EvidenceRecord("fuzz-command-line", "fuzzing",
				"random arguments of the command: none ends in a stack trace or with an undocumented status", COUNT,
				"command lines", losses,
				"mvn -pl atomicwrite-cli -am test -Dtest=CommandLineFuzzTests -Dsurefire.failIfNoSpecifiedTests=false"
						+ (usual ? "" : " -Dfuzz.count=" + COUNT),
				usual ? EvidenceRecord.Scope.SLICE : EvidenceRecord.Scope.LONG)
			.write();
	}

}
