package io.atomicwrite.cli;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The completions, as someone has them who types at a terminal.
 */
@Forks
@RequiresCommand({ "zsh", "fish", "python3" })
class CompletionIT extends EndToEnd {

	/** Types at a shell: lines that prepare it, then keys; ends once it shows a text. */
	private static final String TYPIST = """
			import os, pty, select, sys, time
			shell, prepare, keys, shows = sys.argv[1].split(), sys.argv[2], sys.argv[3], sys.argv[4:]
			child, terminal = pty.fork()
			if child == 0:
			    os.environ.update(TERM="vt100", COLUMNS="200")
			    os.execvp(shell[0], shell)
			seen, until = b"", time.monotonic() + 60
			def read(text):
			    global seen
			    while not all(one.encode() in seen for one in text):
			        if time.monotonic() > until or not select.select([terminal], [], [], until - time.monotonic())[0]:
			            sys.exit("not shown: %r" % seen)
			        seen += os.read(terminal, 65536)
			os.write(terminal, (prepare + "; printf 're%s\\\\n' ady\\n").encode())
			read(["ready"])
			seen = b""
			os.write(terminal, keys.replace("TAB", "\\t").encode())
			read(shows)
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			atomic-write --no-TABTAB              | --no-wait --no-preserve-mode --no-clobber
			atomic-write houTAB                   | housekeep
			atomic-write housekeep --clean-lTAB   | --clean-locks
			atomic-write --safety warTAB          | warn
			atomic-write recover --decision setTAB| set-aside
			atomic-write unsTAB                   | unset
			atomic-write set --formatting reqTAB  | require-minimal
			atomic-write -i some-fTAB             | some-file
			""")
	void shellsCompleteWhatIsTyped(String keys, String shown) throws Exception {
		write("some-file", "");
		String[] words = shown.split(" ");
		for (String shell : new String[] { "bash", "zsh" }) {
			String prepare = shell.equals("bash") ? "source " + IMAGE + "/share/completions/atomic-write.bash"
					: "fpath=(" + IMAGE + "/share/completions $fpath); autoload -U compinit; compinit -u -D";
			String[] command = new String[6 + words.length];
			System.arraycopy(
					new String[] { "python3", "-c", TYPIST,
							shell.equals("bash") ? "bash --norc --noprofile -i" : "zsh -f -i", prepare, keys },
					0, command, 0, 6);
			System.arraycopy(words, 0, command, 6, words.length);
			Result result = run(command);
			assertThat(result.status()).as(shell + ": " + result.err()).isZero();
		}
		String typed = keys.replace("TAB", "");
		assertThat(run("fish", "-N", "-c",
				"source " + IMAGE + "/share/completions/atomic-write.fish; complete -C '" + typed + "' | cut -f1")
			.succeeds()
			.out()
			.lines()).as("fish: " + typed).contains(words);
	}

}
