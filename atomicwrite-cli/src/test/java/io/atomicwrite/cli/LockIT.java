package io.atomicwrite.cli;

import java.nio.file.Files;
import java.util.stream.IntStream;

import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One writer at a time: against each other, and against another program.
 */
@RequiresCommand({ "python3", "flock" })
class LockIT extends EndToEnd {

	/** A program of another language that takes the lock as fcntl(2) has it. */
	private static final String PYTHON = """
			import fcntl, sys, os
			f = open(sys.argv[1], 'a')
			fcntl.lockf(f, fcntl.LOCK_EX)
			print('held', flush=True)
			sys.stdin.read()
			""";

	private Running holder(String lockFile) {
		Running holder = start("python3", "-c", PYTHON, lockFile);
		patiently().until(() -> holder.out().equals("held\n"));
		return holder;
	}

	@Test
	void doesNotWaitIfToldSo() throws Exception {
		write("f", "old");
		try (Running holder = holder("f.lock")) {
			sh("echo new | atomic-write --no-wait f").fails(2, "Error: f: File locked by another process\n");
			assertThat(file("f")).hasContent("old");
		}
	}

	@Test
	void otherProgramsAreExcludedIfTheyAskForTheSameKindOfLock() {
		String tried = "import fcntl; fcntl.lockf(open(\"f.lock\", \"a\"), fcntl.LOCK_EX | fcntl.LOCK_NB)";
		Result result = sh("atomic-write lock f -- python3 -c '" + tried + "'");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.err()).contains("BlockingIOError");
		// flock(1) takes another kind, as the page says
		sh("flock f.lock sh -c 'echo new | atomic-write --no-wait f'").silent();
		sh("atomic-write lock f -- flock -n f.lock true").silent();
	}

	@Test
	void waitsAsLongAsToldTo() throws Exception {
		write("f", "old");
		try (Running holder = holder("f.lock")) {
			Result result = sh("echo new | atomic-write --wait --timeout 1 f");
			assertThat(result.status()).isEqualTo(2);
			assertThat(result.err()).startsWith("Waiting for lock on f (1s timeout)...\n")
				.contains("Error: f: Lock acquisition timeout after 1s\nHint: ", "process");
			assertThat(sh("echo new | atomic-write -q -t 200ms f").err())
				.startsWith("Error: f: Lock acquisition timeout after 200ms");
			assertThat(file("f")).hasContent("old");
		}
	}

	@Test
	void writesOnceTheLockIsReleased() throws Exception {
		try (Running holder = holder("f.lock"); Running writer = start("sh", "-c", "echo new | atomic-write f")) {
			patiently().until(() -> writer.err().contains("Waiting"));
			holder.end();
			Result result = writer.end().succeeds();
			assertThat(result.err()).isEqualTo("Waiting for lock on f...\nLock acquired\n");
			assertThat(file("f")).hasContent("new\n");
		}
		assertThat(names()).containsExactly("f");
	}

	@Test
	void readsAllBeforeItLocksUnlessItStreams() throws Exception {
		try (Running simple = start("atomic-write", "f").type("x".getBytes())) {
			try (Running stream = start("atomic-write", "--stream", "g").type("x".getBytes())) {
				patiently().until(() -> names().contains("g.lock"));
				assertThat(names()).doesNotContain("f.lock");
				stream.end().silent();
			}
			simple.end().silent();
		}
		assertThat(names()).containsExactly("f", "g");
	}

	@Test
	void lockFileAndItsModeCanBeChosen() throws Exception {
		sh("mkdir locks").silent();
		try (Running writer = start("sh", "-c",
				"umask 0; exec atomic-write --stream --lock-file locks/any --lock-mode 0666 f")
			.type("x".getBytes())) {
			patiently().until(() -> Files.exists(file("locks/any")));
			assertThat(names()).doesNotContain("f.lock");
			assertThat(sh("stat -c %a locks/any").out()).isEqualTo("666\n");
			sh("echo y | atomic-write --no-wait --lock-file locks/any other").fails(2,
					"File locked by another process");
			writer.end().silent();
		}
		try (Running holder = holder("locks/any")) {
			sh("echo y | atomic-write --no-wait --lock-file locks/any f").fails(2, "File locked by another process");
		}
	}

	@Test
	void newLockFileIsReadableAtMostByOthers() throws Exception {
		try (Running writer = start("sh", "-c", "umask 0; exec atomic-write --stream f").type("x".getBytes())) {
			patiently().until(() -> names().contains("f.lock"));
			assertThat(sh("stat -c %a f.lock").out()).isEqualTo("644\n");
			writer.end().silent();
		}
	}

	@Test
	void linkInThePlaceOfTheLockFileIsRefused() throws Exception {
		write("precious", "data");
		sh("ln -s precious f.lock; echo new | atomic-write f").fails(1, "f.lock");
		assertThat(file("precious")).hasContent("data");
		assertThat(names()).containsExactly("f.lock", "precious");
	}

	@Test
	@Stresses
	void hundredWritersLoseNoLine() throws Exception {
		sh("seq 100 | xargs -P 100 -I{} sh -c 'echo {} | atomic-write -q --append f'").silent();
		assertThat(Files.readAllLines(file("f"))).hasSize(100)
			.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).toList());
		assertThat(names()).containsExactly("f");
	}

	@Test
	void commandRunsUnderTheLockAndItsStatusIsOurs() throws Exception {
		assertThat(sh("atomic-write lock f -- sh -c 'ls; exit 7' > ls").status()).isEqualTo(7);
		assertThat(file("ls")).hasContent("f.lock\nls\n");
		assertThat(sh("atomic-write lock f -- no-such-command").status()).isEqualTo(127);
		assertThat(sh("touch plain; atomic-write lock f -- ./plain").status()).isEqualTo(126);
		assertThat(sh("atomic-write lock f -- sh -c 'kill -9 $$'").status()).isEqualTo(137);
		sh("atomic-write lock f").fails(1, "Missing argument: COMMAND");
		try (Running holder = holder("f.lock")) {
			sh("atomic-write lock --no-wait f -- touch never").fails(2, "File locked by another process");
		}
		// the other program does not delete it
		assertThat(names()).containsExactly("f.lock", "ls", "plain");
	}

	/** Each uses the lease of its ancestor, and does not wait for it. */
	@ParameterizedTest
	@ValueSource(strings = { "echo n | atomic-write -t 10 f", "atomic-write batch -t 10 -i list",
			"atomic-write accept --checksum sidecar -t 10 f", "atomic-write set --format properties -t 10 f a=b" })
	void whatWritesBelowTheLockUsesIt(String command) throws Exception {
		write("f", "a=1\n");
		write("list", "{\"path\": \"f\", \"content\": \"n\"}\n");
		sh("atomic-write lock f -- sh -c '" + command + "'").succeeds();
		assertThat(names()).contains("f").doesNotContain("f.lock");
	}

	@Test
	void aPublicationBelowTheLockOfItsPointerUsesIt() throws Exception {
		write("f", "1");
		sh("mkdir data; atomic-write lock data/latest -- timeout 20 atomic-write publish data f").succeeds();
		assertThat(file("data/latest/f")).hasContent("1");
	}

	@Test
	@Stresses
	void countsWithoutLosingAStep() throws Exception {
		write("n", "0\n");
		sh("seq 20 | xargs -P 8 -I{} atomic-write lock -q n -- sh -c 'echo $(($(cat n) + 1)) | atomic-write n'")
			.silent();
		assertThat(file("n")).hasContent("20\n");
		assertThat(names()).containsExactly("n");
	}

	@Test
	void commandHasTheEnvironmentOfTheCaller() {
		String script = "LC_ALL=POSIX JAVA_TOOL_OPTIONS=-Da=b atomic-write lock f -- sh -c 'echo $LC_ALL $JAVA_TOOL_OPTIONS'";
		assertThat(sh(script).succeeds().out()).isEqualTo("POSIX -Da=b\n");
		assertThat(sh("unset LC_ALL; atomic-write lock f -- sh -c 'echo ${LC_ALL-none}'").out()).isEqualTo("none\n");
	}

	@Test
	void passesSignalsOnToTheCommand() throws Exception {
		for (String signal : new String[] { "TERM", "INT", "HUP" }) {
			try (Running running = start("atomic-write", "lock", "f", "--", "python3", "-c", "import signal,sys,time\n"
					+ "for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(s, lambda n, f: sys.exit(40 + n))\n"
					+ "print('ready', flush=True)\ntime.sleep(60)")) {
				patiently().until(() -> running.out().contains("ready"));
				int number = signal.equals("TERM") ? 15 : signal.equals("INT") ? 2 : 1;
				assertThat(running.signal(signal).endAsItIs().status()).as(signal).isEqualTo(40 + number);
			}
		}
		assertThat(names()).isEmpty();
	}

}
