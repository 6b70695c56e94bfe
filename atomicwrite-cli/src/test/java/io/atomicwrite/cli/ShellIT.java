package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program in pipes, with the tools that stand beside it there, under each shell.
 */
@Forks
@RequiresCommand({ "jq", "zsh", "fish", "tcsh", "busybox", "groff", "man" })
class ShellIT extends EndToEnd {

	private static final String PIPES = """
			set -e
			echo '{"a":1,"b":[1,2]}' | atomic-write config.json
			jq '.a = 2' config.json | atomic-write config.json
			[ "$(jq -c . config.json)" = '{"a":2,"b":[1,2]}' ]
			seq 10 | grep 1 | atomic-write ones
			[ "$(cat ones | tr '\\n' ' ')" = '1 10 ' ]
			seq 3 | tee copy | atomic-write three
			cmp copy three
			seq 5 | xargs -P 5 -I{} sh -c 'echo {} | atomic-write -q --append lines'
			[ "$(sort lines | tr '\\n' ' ')" = '1 2 3 4 5 ' ]
			sed 's/1/one/' ones | awk '{ print NR ":" $0 }' | atomic-write -b ones
			[ "$(head -1 ones)" = '1:one' ]
			atomic-write here <<END
			a
			b
			END
			[ "$(wc -l < here | tr -d ' ')" = 2 ]
			if echo x | atomic-write --no-clobber here 2>/dev/null; then exit 9; fi
			atomic-write lock here -- sh -c 'atomic-write here < copy'
			cmp here copy
			echo done
			""";

	@ParameterizedTest
	@ValueSource(strings = { "sh", "bash", "zsh", "busybox sh" })
	void worksInPipes(String shell) throws Exception {
		write("pipes", PIPES);
		Result result = sh(shell + " ./pipes").succeeds();
		assertThat(result.out()).isEqualTo("done\n");
		assertThat(result.err()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fish -N -c", "tcsh -f -c" })
	void worksUnderShellsThatAreNotPosix(String shell) {
		sh(shell + " 'echo x | atomic-write f && atomic-write lock f -- cat f > copy'").silent();
		assertThat(file("copy")).hasContent("x\n");
	}

	@Test
	void failedProducerIsKnownByPipefail() throws Exception {
		write("f", "old");
		assertThat(run("bash", "-c", "set -o pipefail; false | atomic-write f").status()).isEqualTo(1);
		assertThat(file("f")).hasContent("old");
	}

	@Test
	void completionsOfTheShellsKnowOptionsAndFiles() throws Exception {
		write("some-file", "");
		String bash = "source " + IMAGE + "/share/completions/atomic-write.bash; COMP_WORDS=(atomic-write %s); "
				+ "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }; _atomic_write; printf '%%s\\n' \"${COMPREPLY[@]}\"";
		assertThat(run("bash", "-c", String.format(bash, "--no-")).succeeds().out())
			.isEqualTo("--no-wait\n--no-preserve-mode\n--no-preserve-owner\n--no-clobber\n");
		assertThat(run("bash", "-c", String.format(bash, "housekeep --clean-")).out())
			.isEqualTo("--clean-locks\n--clean-backups\n--clean-orphans\n");
		assertThat(run("bash", "-c", String.format(bash, "--safety w")).out()).isEqualTo("warn\n");
		assertThat(run("bash", "-c", String.format(bash, "some")).out()).isEqualTo("some-file\n");
		assertThat(run("bash", "-c", String.format(bash, "dr")).out().trim()).isEmpty();
		assertThat(run("bash", "-c", String.format(bash, "hou")).out()).isEqualTo("housekeep\n");
		run("zsh", "-n", IMAGE + "/share/completions/_atomic-write").silent();
		run("fish", "-n", IMAGE + "/share/completions/atomic-write.fish").silent();
		assertThat(run("fish", "-N", "-c",
				"source " + IMAGE
						+ "/share/completions/atomic-write.fish; complete -C 'atomic-write --no-' | cut -f1 | sort; "
						+ "complete -C 'atomic-write housekeep --clean-' | cut -f1 | sort")
			.succeeds()
			.out()).isEqualTo(
					"--no-clobber\n--no-preserve-mode\n--no-preserve-owner\n--no-wait\n--clean-backups\n--clean-locks\n--clean-orphans\n");
	}

	@Test
	void manualPagesAreSoundAndHaveEveryOption() {
		assertThat(sh(
				"for p in " + IMAGE + "/share/man/man1/*.1; do LC_ALL=C.UTF-8 groff -man -ww -z \"$p\" || exit; done")
			.succeeds()
			.err()).isEmpty();
		for (String command : new String[] { "", "housekeep", "doctor", "lock", "locks", "restore", "accept", "recover",
				"verify", "inspect" }) {
			String page = IMAGE + "/share/man/man1/atomic-write" + (command.isEmpty() ? "" : "-" + command) + ".1";
			assertThat(sh("atomic-write " + command
					+ " --help | grep -oE '^ *(-[a-zA-Z], *)?--[a-z-]+' | grep -o -- '--.*' | sort -u > o; "
					+ "sed 's/\\\\-/-/g' " + page
					+ " > page; [ -s o ] && while read -r o; do grep -qF -- \"$o\" page || echo $o; done < o")
				.succeeds()
				.out()).as(command).isEmpty();
		}
		assertThat(sh("MANWIDTH=200 man -P cat -l " + IMAGE + "/share/man/man1/atomic-write.1").succeeds().out())
			.contains("NAME\n", "SYNOPSIS\n", "DESCRIPTION\n", "OPTIONS\n", "EXIT STATUS\n", "EXAMPLES\n", "FILES\n",
					"SECURITY\n", "LIMITATIONS\n")
			.contains("OUTPUT.lock", "Locks are advisory", "needs the privilege to change owners",
					"must be one that only trusted users can write to");
	}

}
