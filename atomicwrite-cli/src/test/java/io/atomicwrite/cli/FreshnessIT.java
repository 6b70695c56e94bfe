package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code --run-id} and {@code --stamp-source}, and what {@code inspect} says of them.
 */
@Forks
class FreshnessIT extends EndToEnd {

	@Test
	void inspectShowsTheRunOfTheContent() {
		sh("echo one | atomic-write --run-id nightly-42 --stamp-source 'a \"b\"' f").silent();
		assertThat(sh("atomic-write inspect f").succeeds().out())
			.contains("  manifest f.manifest.json fits the file: run \"nightly-42\", source \"a \\\"b\\\"\", time 2");
		assertThat(sh("atomic-write inspect --json f | jq -r '.manifest | keys_unsorted | join(\" \")'").out())
			.isEqualTo("state location source run time size digest entries\n");
		assertThat(sh("atomic-write inspect --json f | jq -r '.manifest | .state, .run, .size, .digest'").out())
			.isEqualTo("fits\nnightly-42\n4\nsha256:" + sh("sha256sum < f | cut -d' ' -f1").out());
	}

	@Test
	void inspectSaysWhatWasReplacedByOthers() {
		sh("echo one | atomic-write --run-id 1 f; echo foreign > f").silent();
		assertThat(sh("atomic-write inspect f").succeeds().out())
			.contains("  manifest f.manifest.json does not fit: someone who wrote no manifest has replaced the file\n");
		assertThat(sh("atomic-write inspect --json f | jq -c '.manifest | .state, .run'").out())
			.isEqualTo("\"replaced\"\nnull\n");
		sh("echo one | atomic-write g; ln -s g link").silent();
		assertThat(sh("atomic-write inspect link").succeeds().out()).endsWith("  no manifest\n");
		assertThat(sh("atomic-write inspect --json g | jq -r .manifest.state").out()).isEqualTo("none\n");
		for (String path : new String[] { ".", "missing" }) {
			assertThat(sh("atomic-write inspect --json " + path + " | jq .manifest").out()).isEqualTo("null\n");
		}
	}

	@Test
	void aWriteWithoutARunLeavesNoneThatLies() {
		sh("echo one | atomic-write --run-id 1 f; echo two | atomic-write f").silent();
		assertThat(sh("jq -r '.run, .previous.run' f.manifest.json").succeeds().out()).isEqualTo("null\n1\n");
		sh("echo three | atomic-write --hidden-companions --run-id 3 h").silent();
		assertThat(names()).containsExactlyInAnyOrder("f", "f.manifest.json", "h", ".h.manifest.json");
	}

	@Test
	void aRunThatIsNoneIsRefused() {
		sh("echo one | atomic-write --run-id ' ' f").fails(1, "the run of a stamp must not be blank");
		assertThat(names()).isEmpty();
	}

}
