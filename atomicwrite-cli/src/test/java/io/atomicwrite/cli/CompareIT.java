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
@RequiresCommand({ "sponge", "flock", "strace", "jq", "yq" })
class CompareIT extends EndToEnd {

	/** A script starts some hundreds of programs. */
	private static final long LIMIT_SECONDS = 600;

	@Test
	void eachCellIsAsItWasTriedOut() throws Exception {
		isAsThePageHasIt("comparison", "compare");
	}

	@Test
	void eachCellOfTheToolsThatChangeAValueIsAsItWasTriedOut() throws Exception {
		isAsThePageHasIt("values", "values");
	}

	private void isAsThePageHasIt(String name, String script) throws Exception {
		Path compare = Path.of(System.getProperty("atomicwrite.compare", "compare"));
		String page = Files.readString(compare.resolve("../../docs/cli.md"));
		String start = "<!-- " + name + ": printed by atomicwrite-cli/compare/" + script + " -->\n";
		String table = page.substring(page.indexOf(start) + start.length(),
				page.indexOf("<!-- end of " + name + " -->"));
		try (Running running = start(compare.resolve(script).toString())) {
			assertThat(running.endWithin(LIMIT_SECONDS).succeeds().out()).isEqualTo(table);
		}
	}

}
