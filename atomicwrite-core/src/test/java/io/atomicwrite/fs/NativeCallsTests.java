package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When native calls are used: only if native access is enabled. In fresh JVMs, each of
 * which writes a file and prints nothing beside its answer.
 */
class NativeCallsTests {

	private static final String ENABLED = "--enable-native-access=ALL-UNNAMED";

	/** Whether this JDK and this build have them, whatever is enabled. */
	private static final boolean POSSIBLE = Runtime.version().feature() >= 22;

	@TempDir
	private Path directory;

	@Test
	void withNativeAccessNativeCallsAreUsedAndNothingIsPrinted() {
		String expected = POSSIBLE ? "content, used" : "content, not used: they need Java 22 or later";
		assertThat(answer(enabled())).isEqualTo(expected);
		assertThat(answer(enabled("-D" + NativeCalls.PROPERTY + "=on"))).isEqualTo(expected);
	}

	@Test
	void withoutNativeAccessTheJdkIsUsedAndNothingIsPrinted() {
		String reason = POSSIBLE ? "native access is not enabled, see " + ENABLED : "they need Java 22 or later";
		assertThat(answer(List.of())).isEqualTo("content, not used: " + reason);
		assertThat(answer(List.of("-D" + NativeCalls.PROPERTY + "=on"))).isEqualTo("content, not used: " + reason);
	}

	@Test
	void anObstacleIsReported() {
		assertThat(answer(enabled("-Dos.arch=riscv64"))).startsWith("content, not used: they need ");
	}

	@Test
	void thePropertySwitchesThemOff() {
		assertThat(answer(enabled("-D" + NativeCalls.PROPERTY + "=off")))
			.isEqualTo("content, not used: -Datomicwrite.native-calls=off");
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "true", "ON", "" })
	void anotherValueLeavesThemOffAndIsReported(String value) {
		assertThat(answer(enabled("-D" + NativeCalls.PROPERTY + "=" + value)))
			.isEqualTo("content, not used: -Datomicwrite.native-calls=" + value + " is neither on nor off");
	}

	@Test
	void itIsDecidedOnce() {
		assertThat(FileOps.system()).isSameAs(FileOps.system());
		assertThat(FileOps.system() == NioFileOps.INSTANCE).isNotEqualTo(NativeCalls.status().used());
	}

	/** Options and native access, where this JDK has it. */
	private static List<String> enabled(String... options) {
		List<String> words = new ArrayList<>(List.of(options));
		if (POSSIBLE) {
			words.add(ENABLED);
		}
		return words;
	}

	private String answer(List<String> options) {
		List<String> words = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m"));
		words.addAll(options);
		words.addAll(List.of("-cp", ForkedJvm.classPath(), NativeCallsPeer.class.getName(),
				this.directory.resolve("f").toString()));
		try (ForkedJvm peer = ForkedJvm.command(words)) {
			String answer = peer.answer();
			assertThat(peer.join()).isZero();
			assertThat(peer.output()).as("what else it prints").isEmpty();
			return answer;
		}
	}

}
