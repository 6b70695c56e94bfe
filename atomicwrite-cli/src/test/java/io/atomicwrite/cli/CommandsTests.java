package io.atomicwrite.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every command, and the small parts.
 */
class CommandsTests {

	static List<Command> all() {
		return Commands.all();
	}

	@ParameterizedTest
	@MethodSource("all")
	void isKnownByItsNameAndSaysWhatItDoes(Command command) {
		assertThat(Commands.all().stream().map(Command::name)).doesNotHaveDuplicates();
		if (!command.name().isEmpty()) {
			assertThat(Commands.named(command.name())).hasSameClassAs(command);
		}
		assertThat(command.examples()).isNotEmpty();
		assertThat(command.examples().keySet()).allMatch((line) -> line.contains(Commands.fullName(command)));
		assertThat(HelpText.of(command)).contains("--json", "--quiet", "--help", "Exit status:");
		assertThat(new ManPages(command).format("1")).startsWith(".TH ").contains(".SH EXIT STATUS");
	}

	@Test
	void jsonIsInOneLineAndEscaped() {
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("a", List.of(1, true, "x\ny\"\\\u0001"));
		object.put("none", null);
		object.put("path", java.nio.file.Path.of("/a/b"));
		object.put("half", "\uD83D");
		assertThat(Json.of(object))
			.isEqualTo("{\"a\":[1,true,\"x\\ny\\\"\\\\\\u0001\"],\"path\":\"/a/b\",\"half\":\"\\ud83d\"}");
	}

	@Test
	void progressHasBytesRateAndPercentWhereTheSizeIsKnown() {
		assertThat(Progress.line(3 << 20, 2_000_000_000L, OptionalLong.of(12 << 20)))
			.isEqualTo("3.0 MiB, 1.5 MiB/s, 25 %");
		assertThat(Progress.line(512, 1_000_000_000L, OptionalLong.empty())).isEqualTo("512 B, 512 B/s");
	}

}
