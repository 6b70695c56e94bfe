package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table that compares the command with other tools says what they do.
 */
@Forks
@RequiresCommand({ "sponge", "flock", "strace" })
class CompareIT extends EndToEnd {

	@Test
	void eachCellIsAsItWasTriedOut() throws Exception {
		Path compare = Path.of(System.getProperty("atomicwrite.compare", "compare"));
		String page = Files.readString(compare.resolve("../../docs/cli.md"));
		String start = "<!-- comparison: printed by atomicwrite-cli/compare/compare -->\n";
		String table = page.substring(page.indexOf(start) + start.length(), page.indexOf("<!-- end of comparison -->"));
		assertThat(run(compare.resolve("compare").toString()).succeeds().out()).isEqualTo(table);
	}

}
