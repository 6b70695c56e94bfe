package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any working directory, any home, any limit: the command works or says why not, where
 * its other errors are, and touches nothing that it was not asked to.
 */
@Forks
@RequiresCommand({ "bash", "jq", "setpriv" })
class SurroundingsIT extends EndToEnd {

	/**
	 * What the shell prints of a directory without a path, before it reads the script.
	 */
	private static final String OF_THE_SHELL = "(?m)^.*getcwd.*\\n";

	private static final String DELETED = "t=$PWD; mkdir gone; cd gone; rmdir ../gone; ";

	private static final String EVERY_COMMAND = "for c in 'f' '-p a/b/f' 'inspect .' 'doctor --probe .' 'restore f' "
			+ "'recover .' 'housekeep --all .' 'lock f -- true' '--none f' 'gone/f'; do "
			+ "echo x | $run atomic-write $c > /dev/null 2>&1; done; true";

	private Result inDeletedDirectory(String script) {
		Result result = run("bash", "-c", DELETED + script);
		return new Result(result.status(), result.out(), result.err().replaceAll(OF_THE_SHELL, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--stream --backup --checksum sidecar", "--lock-file $t/l", "-p" })
	void absoluteTargetIsWrittenFromADeletedDirectory(String options) {
		inDeletedDirectory("echo x | atomic-write " + options + " $t/f && echo y | atomic-write " + options + " $t/f")
			.silent();
		assertThat(file("f")).hasContent("y\n");
	}

	@Test
	void otherCommandsRunInADeletedDirectory() throws Exception {
		sh("echo x | atomic-write --checksum sidecar --backup f; echo y | atomic-write --checksum sidecar --backup f")
			.silent();
		Result result = inDeletedDirectory(
				"atomic-write verify $t/f && atomic-write inspect $t && atomic-write doctor $t "
						+ "&& atomic-write restore $t/f && atomic-write recover $t && atomic-write housekeep --clean-locks $t "
						+ "&& atomic-write locks $t && atomic-write --version");
		assertThat(result.succeeds().err()).isEmpty();
		assertThat(file("f")).hasContent("x\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "f", "--lock-file l $t/f", "--backup-dir b $t/f", "-i x $t/f", "verify f", "inspect .",
			"doctor --probe .", "locks", "restore f", "restore --from b $t/f", "recover", "housekeep --all",
			"housekeep --all --backup-dir b $t", "lock f -- true", "--diff -n f" })
	void relativeNameIsRefusedInADeletedDirectory(String arguments) throws Exception {
		write("f", "old");
		write("f.backup", "older");
		Result result = inDeletedDirectory("echo x | atomic-write " + arguments);
		result.fails(1, "the working directory was deleted");
		assertThat(result.out()).isEmpty();
		assertThat(file("f")).hasContent("old");
		assertThat(names()).containsExactly("f", "f.backup");
		Result json = inDeletedDirectory("echo x | atomic-write "
				+ (arguments.startsWith("lock ") ? arguments.replace("lock ", "lock --json ") : arguments + " --json"));
		assertThat(json.status()).isOne();
		assertThat(json.err().lines().reduce("", (first, second) -> second)).startsWith("{\"level\":\"error\"");
	}

	/** It was made again under the same name: it is another one. */
	@Test
	void directoryThatTookThePlaceIsNotTheWorkingDirectory() {
		inDeletedDirectory("mkdir $t/gone; echo x | atomic-write f").fails(1, "the working directory was deleted");
		assertThat(file("gone")).isEmptyDirectory();
	}

	@Test
	void commandBelowLockRunsInTheDirectoryOfItsCaller() {
		Result result = inDeletedDirectory("exec 3< $t; atomic-write lock $t/f -- readlink /proc/self/cwd");
		assertThat(result.succeeds().out()).endsWith("/gone (deleted)\n");
		assertThat(result.err()).isEmpty();
	}

	@Test
	@RequiresRoot
	void directoryThatCanNotBeSearchedIsNoObstacle() {
		sh("t=$PWD; chmod 755 . && cp -r " + IMAGE + " image && mkdir -m 700 mine && mkdir -m 777 open && cd mine "
				+ "&& echo x | setpriv --reuid 65534 --regid 65534 --clear-groups $t/image/bin/atomic-write $t/open/f")
			.silent();
		assertThat(file("open/f")).hasContent("x\n");
		sh("t=$PWD; cd mine && echo x | setpriv --reuid 65534 --regid 65534 --clear-groups $t/image/bin/atomic-write f")
			.fails(1, "Error: f: Permission denied");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HOME=$t/home XDG_CACHE_HOME=$t/home TMPDIR=$t/home", "HOME=$t/none TMPDIR=$t/none" })
	@RequiresRoot
	void nothingIsCreatedButWhatWasAskedFor(String settings) {
		sh("mkdir home; chown 65534 home; touch -d '1 minute ago' mark; t=$PWD; export " + settings
				+ "; mkdir work; cd work; " + EVERY_COMMAND)
			.silent();
		assertThat(names()).containsExactly("home", "mark", "work");
		assertThat(file("home")).isEmptyDirectory();
		assertThat(names(file("work"))).containsExactly("a", "f");
	}

	/** As shown by the kernel: each file that was opened to be created. */
	@Test
	@RequiresCommand("strace")
	void systemCallsCreateNothingElsewhere() throws IOException {
		sh("mkdir work; cd work; " + EVERY_COMMAND.replace("$run",
				"strace -A -f -qq -e trace=openat,open,creat,mkdir,mkdirat,mknod,mknodat -o ../trace"))
			.silent();
		List<String> created = Files.readAllLines(file("trace"))
			.stream()
			.filter((line) -> line.contains("O_CREAT") || line.contains("mkdir") || line.contains("mknod"))
			// the rest of a call that another one came between; its path stands where it
			// begins
			.filter((line) -> !line.contains(" resumed>"))
			.filter((line) -> !line.contains("\"" + this.directory.toAbsolutePath() + "/work/")
					&& !line.contains("/dev/null"))
			.toList();
		assertThat(created).isEmpty();
	}

	/**
	 * Whether there are access lists is seen in one process, for the file and its
	 * directory.
	 */
	@Test
	@RequiresCommand("strace")
	void aWriteStartsOneProcessAtMost() throws IOException {
		sh("echo old > f; chmod 644 f; echo new | strace -f -qq -e trace=execve -o trace atomic-write f").silent();
		assertThat(Files.readAllLines(file("trace")).stream().filter((line) -> line.contains("/bin/ls\"")).toList())
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--stream f", "doctor --probe .", "lock f -- true" })
	@RequiresRoot
	void nothingOutlivesTheCall(String arguments) {
		Result result = sh("mkdir mnt; mount -t tmpfs none mnt; exec 9> lock; flock 9; (cd mnt; echo x > f; "
				+ "echo x | atomic-write --safety best-effort g; echo x | atomic-write " + arguments
				+ " > /dev/null 2>&1); exec 9>&-; flock -n lock echo free; umount mnt || { umount -l mnt; exit 1; }");
		assertThat(result.succeeds().out()).isEqualTo("free\n");
	}

	@Test
	void commandBelowLockIsNotOutlivedByASignal() {
		sh("atomic-write lock f -- sh -c 'touch runs; exec sleep 60' & while [ ! -e runs ]; do sleep 0.1; done; "
				+ "kill $!; wait $!; [ $? = 143 ] && ! pgrep -P $! && [ ! -e f.lock ]")
			.silent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-v 400000", "-v 1000000", "-v 3000000", "-d 100000", "-n 16" })
	void worksWithinALimit(String limit) {
		sh("ulimit " + limit + "; echo x | atomic-write f && echo y | atomic-write --stream --checksum sidecar f "
				+ "&& atomic-write verify -q f && atomic-write lock f -- sh -c '[ -z \"$MALLOC_ARENA_MAX\" ]'")
			.silent();
		assertThat(file("f")).hasContent("y\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ulimit -v 50000                                  | see the limits of memory
					ulimit -v 100000                                 | see the limits of memory
					ulimit -v 250000                                 | see the limits of memory
					ulimit -d 20000                                  | see the limits of memory
					mkdir -p j/bin; cp $JAVA_HOME/bin/java j/bin; export JAVA_HOME=$PWD/j | see its installation
					mkdir -p j/lib j/bin; cp $JAVA_HOME/bin/java j/bin; cp $JAVA_HOME/lib/lib*.so j/lib; export JAVA_HOME=$PWD/j | see its installation
					mkdir -p j/bin; printf '#!/bin/sh\\nexit 2\\n' > j/bin/java; chmod +x j/bin/java; export JAVA_HOME=$PWD/j | see its installation
					""")
	void runtimeThatDoesNotStartIsAnErrorInOurWords(String setting, String message) throws Exception {
		write("f", "old");
		for (String command : List.of("f", "verify f")) {
			Result result = sh(setting + "; echo x | atomic-write " + command);
			result.fails(1, message);
			assertThat(result.out()).isEmpty();
			assertThat(result.err().lines()).hasSize(1);
			Result json = sh(
					"(" + setting + "; echo x | atomic-write " + command.replaceFirst("(lock|verify|)", "$1 --json ")
							+ " 2>&1; echo $?) | jq -c 'if type == \"number\" then . else [.level, .status] end'");
			assertThat(json.out()).isEqualTo("[\"error\",1]\n1\n");
		}
		assertThat(file("f")).hasContent("old");
		assertThat(names()).containsAnyOf("f").isSubsetOf("f", "j");
	}

	/** Of a user of its own: the limit is not one of root. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 8 })
	@RequiresRoot
	void limitOfProcessesIsAnErrorInOurWords(int limit) {
		for (String option : List.of("", "--json")) {
			Result result = sh("chmod 755 .; [ -d image ] || { cp -r " + IMAGE + " image; mkdir -m 777 open; }; "
					+ "setpriv --reuid 54321 --regid 54321 --clear-groups bash -c 'ulimit -u " + limit
					+ "; exec image/bin/atomic-write " + option + " open/f < /dev/zero'");
			assertThat(result.status()).isOne();
			assertThat(result.out()).isEmpty();
			// the shell may say before that it can't fork
			assertThat(result.err().lines().reduce("", (first, second) -> second))
				.startsWith(option.isEmpty() ? "Error: atomic-write: " : "{\"level\":\"error\"")
				.contains("ulimit -");
		}
		assertThat(names(file("open"))).isEmpty();
	}

	@Test
	void optionsThatJavaRefusesAreAnErrorInOurWords() {
		Result result = sh("export ATOMIC_WRITE_JAVA_OPTS=-Xmx1k; echo x | atomic-write --json f");
		assertThat(result.status()).isOne();
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).startsWith("{\"level\":\"error\"").contains("see ATOMIC_WRITE_JAVA_OPTS");
		result = sh("export ATOMIC_WRITE_JAVA_OPTS=-Xmx1k; echo x | atomic-write f");
		assertThat(result.status()).isOne();
		assertThat(result.out()).isEmpty();
		assertThat(names()).isEmpty();
	}

	/** As the kernel ends it: no report of the runtime's own, and no file. */
	@ParameterizedTest
	@CsvSource({ "SEGV, f", "BUS, --stream f", "SEGV, --json f", "SEGV, --diff f", "ILL, --append --json f" })
	void runtimeThatCrashesLeavesNothingAndOurStatus(String signal, String arguments) throws Exception {
		write("f", "old");
		Result result;
		try (Running running = start(("atomic-write " + arguments).split(" "))) {
			Thread.sleep(2000);
			running.signal(signal);
			result = running.endAsItIs();
		}
		assertThat(result.status()).isOne();
		assertThat(result.out()).isEmpty();
		boolean reports = arguments.contains("--diff");
		assertThat(result.err())
			.startsWith(arguments.contains("--json") ? "{\"level\":\"error\"" : reports ? "" : "Error: ")
			.contains(reports ? "" : "the Java runtime has failed")
			.doesNotContain("#");
		assertThat(file("f")).hasContent("old");
		assertThat(names()).allMatch((name) -> name.startsWith("f") || name.startsWith(".f"));
	}

	/** Its dump of threads is no content. */
	@Test
	void quitIsNoContent() throws Exception {
		try (Running running = start("atomic-write", "f")) {
			Thread.sleep(2000);
			running.signal("QUIT");
			running.type("x\n".getBytes());
			Result result = running.end();
			assertThat(result.status()).isZero();
			assertThat(result.out()).isEmpty();
		}
	}

	@Test
	void commandThatIsNotFoundIsNotMistakenForOneThatMayNotBeRun() {
		sh("mkdir -m 0 closed; PATH=$PATH:$PWD/closed; chmod 755 .; cp -r " + IMAGE + " image; mkdir -m 777 open; "
				+ "setpriv --reuid 65534 --regid 65534 --clear-groups image/bin/atomic-write lock open/f -- no-such-command; "
				+ "[ $? = 127 ] || exit 99; : > open/plain; image/bin/atomic-write lock open/f -- open/plain; [ $? = 126 ]")
			.succeeds();
	}

}
