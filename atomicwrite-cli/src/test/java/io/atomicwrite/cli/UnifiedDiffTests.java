package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Diffs, by the programs that read them.
 */
class UnifiedDiffTests {

	@TempDir
	private Path directory;

	@Test
	void patchMakesTheNewContentOfTheOld() throws Exception {
		Random random = new Random(7);
		for (int round = 0; round < 60; round++) {
			check(text(random, 1 + random.nextInt(30)), text(random, 1 + random.nextInt(30)));
		}
	}

	@Test
	void takesNoMoreLinesThanDiffDoes() throws Exception {
		Random random = new Random(8);
		for (int round = 0; round < 20; round++) {
			String before = text(random, 40);
			String after = text(random, 40);
			Files.writeString(this.directory.resolve("before"), before, ISO_8859_1);
			Files.writeString(this.directory.resolve("after"), after, ISO_8859_1);
			Process diff = new ProcessBuilder("diff", "-d", "-u", "before", "after").directory(this.directory.toFile())
				.start();
			long most = changed(new String(diff.getInputStream().readAllBytes(), ISO_8859_1));
			assertThat(changed(diff(before, after))).isLessThanOrEqualTo(most);
		}
	}

	@Test
	void tooManyDifferencesCountAsOne() throws Exception {
		StringBuilder before = new StringBuilder();
		StringBuilder after = new StringBuilder();
		for (int line = 0; line < 3000; line++) {
			before.append("a").append(line).append('\n');
			after.append("b").append(line).append('\n');
		}
		check("same\n" + before + "same\n", "same\n" + after + "same\n");
	}

	@Test
	void saysOfBytesOnlyThatTheyDiffer() {
		assertThat(diff("a\0b", "a\0c")).isEqualTo("Binary files a/f and b/f differ\n");
		assertThat(diff("a\0b", "a\0b")).isEmpty();
	}

	@Test
	void newFileComesFromNothing() {
		assertThat(new String(UnifiedDiff.of("f", null, "x\n".getBytes(ISO_8859_1)), ISO_8859_1))
			.isEqualTo("--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n");
	}

	private void check(String before, String after) throws Exception {
		Path file = Files.writeString(this.directory.resolve("f"), before, ISO_8859_1);
		String diff = diff(before, after);
		Process patch = new ProcessBuilder("patch", "-s", "-p1").directory(this.directory.toFile())
			.redirectErrorStream(true)
			.start();
		patch.getOutputStream().write(diff.getBytes(ISO_8859_1));
		patch.getOutputStream().close();
		String told = new String(patch.getInputStream().readAllBytes(), ISO_8859_1);
		assertThat(patch.waitFor()).as(told + diff).isZero();
		assertThat(Files.readString(file, ISO_8859_1)).isEqualTo(after);
	}

	private static String diff(String before, String after) {
		return new String(UnifiedDiff.of("f", before.getBytes(ISO_8859_1), after.getBytes(ISO_8859_1)), ISO_8859_1);
	}

	private static long changed(String diff) {
		return diff.lines().filter((line) -> line.matches("[-+][^-+].*|[-+]")).count();
	}

	private static String text(Random random, int lines) {
		StringBuilder text = new StringBuilder();
		for (int line = 0; line < lines; line++) {
			text.append((char) ('a' + random.nextInt(5))).append('\n');
		}
		if (random.nextInt(3) == 0) {
			text.setLength(text.length() - 1);
		}
		return text.toString();
	}

}
