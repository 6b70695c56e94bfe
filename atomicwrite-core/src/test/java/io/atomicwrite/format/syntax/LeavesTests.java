package io.atomicwrite.format.syntax;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.syntax.Grammar.Leaf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeavesTests {

	@Test
	void haveThePlaceOfTheirValueCountedInCharacters() throws Exception {
		assertThat(leaves(Grammar.json(FormatLimits.defaults(), false),
				"{\r\n \"\ud83d\ude00\": [true, {\"x\": \"y\"}],\n\"e\": {}}"))
			.extracting(Leaf::path, Leaf::value, Leaf::line, Leaf::column)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(List.of("\ud83d\ude00", 0), true, 2, 8),
					org.assertj.core.groups.Tuple.tuple(List.of("\ud83d\ude00", 1, "x"), "y", 2, 20),
					org.assertj.core.groups.Tuple.tuple(List.of("e"), java.util.Map.of(), 3, 6));
	}

	@Test
	void ofTomlStandWhereTheyAreWritten() throws Exception {
		assertThat(leaves(Grammar.toml(FormatLimits.defaults()), "[b]\nx = 1\n[a]\ny = 'z'\n"))
			.extracting(Leaf::path, Leaf::line, Leaf::column)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(List.of("b", "x"), 2, 5),
					org.assertj.core.groups.Tuple.tuple(List.of("a", "y"), 4, 5));
	}

	private static List<Leaf> leaves(Grammar grammar, String text) throws Exception {
		return grammar.read(text.getBytes(StandardCharsets.UTF_8)).leaves();
	}

}
