package io.atomicwrite.cli;

import java.nio.file.Files;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What looks after the files that are written.
 */
@Forks
@RequiresCommand({ "jq", "strace" })
class SubcommandsIT extends EndToEnd {

	@Test
	void deletesLockFilesThatNobodyHolds() throws Exception {
		sh("mkdir sub && : > a.lock && : > sub/b.lock && : > c.lock").silent();
		try (Running holder = start("atomic-write", "lock", "c", "--", "cat")) {
			patiently().until(() -> sh("atomic-write locks").out().contains("c.lock: held by process " + holder.pid()));
			assertThat(sh("atomic-write housekeep --clean-locks --dry-run").succeeds().out())
				.matches("Would delete lock file .*/a.lock\n");
			assertThat(names()).contains("a.lock");
			assertThat(sh("atomic-write housekeep --clean-locks --older-than 1h").succeeds().out()).isEmpty();
			assertThat(sh("atomic-write housekeep --clean-locks").succeeds().out())
				.matches("Deleted lock file .*/a.lock\n");
			assertThat(names()).containsExactly("c.lock", "sub");
			assertThat(sh("atomic-write housekeep --clean-locks -r --json .").succeeds().out())
				.startsWith("{\"action\":\"deleted\",\"kind\":\"lock\",\"path\":")
				.contains("/sub/b.lock");
			assertThat(sh("atomic-write locks --json | jq -r '.state, .pid'").out())
				.isEqualTo("HELD\n" + holder.pid() + "\n");
		}
	}

	/** The launcher knows which commands print to standard output. */
	@Test
	void whatACommandPrintsReachesStandardOutput() throws Exception {
		write("f", "edited");
		write("f.sha256", "0".repeat(64) + "  f\n");
		assertThat(sh("atomic-write accept f").succeeds().out()).startsWith("f: accepted (SHA-256 ");
		assertThat(sh("echo '{\"path\": \"g\", \"content\": \"x\"}' | atomic-write batch --json").succeeds().out())
			.contains("\"DURABLE\"");
		String first = sh("atomic-write publish data f").succeeds().out();
		String second = sh("atomic-write publish data g").succeeds().out();
		assertThat(first).isNotBlank();
		assertThat(sh("atomic-write versions data").succeeds().out()).contains(first.strip(), second.strip());
		assertThat(sh("atomic-write rollback data").succeeds().out()).isEqualTo(first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-V", "--version", "-vV", "set --version", "merge -V", "verify --version" })
	void versionReachesStandardOutput(String arguments) {
		assertThat(sh("atomic-write " + arguments).succeeds().out()).startsWith("atomic-write ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-h", "--help", "-vh", "set --help", "merge -h", "verify --help" })
	void helpReachesStandardOutput(String arguments) {
		assertThat(sh("atomic-write " + arguments).succeeds().out()).startsWith("Usage: atomic-write ");
	}

	@Test
	void agesHaveTheUnitOfTheirKind() {
		sh(": > a.lock; touch -d '5 hours ago' a.lock; : > f.$(date -u -d '5 hours ago' +%Y%m%d-%H%M%S).backup")
			.silent();
		assertThat(sh("atomic-write housekeep --all -n --older-than 4").out()).contains("a.lock")
			.doesNotContain(".backup");
		assertThat(sh("atomic-write housekeep --all -n --older-than 6").out()).isEmpty();
		assertThat(sh("atomic-write housekeep --all -n --older-than 4h").out()).contains("a.lock", ".backup");
		assertThat(sh("atomic-write housekeep --all -n --older-than 5d").out()).isEmpty();
		assertThat(sh("atomic-write housekeep --all -n --older-than 30m").out()).contains("a.lock", ".backup");
		sh("atomic-write housekeep --all --older-than soon").fails(1,
				"Error: --older-than: 'soon' is no length of time");
	}

	@Test
	void deletesBackupsThatAreTooManyOrTooOld() {
		sh("for d in 1 2 3 4; do : > f.2026010$d-000000.backup; done; : > g.backup; : > f; touch -d '9 days "
				+ "ago' g.backup")
			.silent();
		sh("atomic-write housekeep --clean-backups").fails(1, "needs --older-than or --keep-newest");
		sh("atomic-write housekeep").fails(1, "--clean-locks");
		sh("atomic-write housekeep --clean-locks --keep-newest 1").fails(1, "--keep-newest");
		assertThat(sh("atomic-write housekeep --clean-backups --keep-newest 3 -v .").succeeds().err())
			.contains("Deleted 1 files");
		assertThat(names()).containsExactly("f", "f.20260102-000000.backup", "f.20260103-000000.backup",
				"f.20260104-000000.backup", "g.backup");
		sh(": > g.20990101-000000.backup; atomic-write housekeep -q --clean-backups --older-than 7d .").silent();
		// g.backup is a backup of today, whatever the age of its content
		assertThat(names()).containsExactly("f", "g.20990101-000000.backup", "g.backup");
		sh("for d in 1 2 3; do : > f.2026010$d-000000.backup; done; "
				+ "atomic-write housekeep -q --clean-backups --older-than 7d --keep-newest 1 .")
			.silent();
		assertThat(names()).contains("f.20260103-000000.backup").doesNotContain("f.20260102-000000.backup");
		sh("atomic-write housekeep --all gone").fails(1, "No such file or directory");
	}

	@Test
	void tellsDamageFromAMissingChecksum() {
		sh("for f in a b; do echo $f | atomic-write --checksum sidecar $f; done; echo c > c; echo x >> b").silent();
		Result result = sh("atomic-write verify a b c d");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.out()).isEqualTo("a: OK (SHA-256, sidecar)\n");
		assertThat(result.err()).contains("Error: b: its content has the checksum", "was changed or damaged",
				"Error: c: has no checksum", "Error: ", "d: No such file or directory");
		assertThat(sh("atomic-write verify --json a | jq -r '.file, .ok, .algorithm'").out())
			.isEqualTo("a\ntrue\nSHA-256\n");
		sh("atomic-write verify").fails(1, "Missing argument: FILE");
	}

	@Test
	void inspectsAsTheEndpointDoes() {
		sh(": > a.lock; : > f.backup; : > .f.0123456789abcdef.tmp; touch -d '1 hour ago' .f.0123456789abcdef.tmp")
			.silent();
		assertThat(sh("atomic-write inspect --json . > o && jq -r 'keys_unsorted | join(\" \")' o").succeeds().out())
			.isEqualTo("path filesystem safety guarantees orphans leftoverLocks backups\n");
		assertThat(sh("jq -r '(.filesystem | keys | join(\" \")), (.guarantees | length), (.guarantees[] | keys | "
				+ "join(\" \")), " + ".orphans.count, (.orphans.oldest | type), .leftoverLocks, .backups, .safety' o")
			.succeeds()
			.out())
			.isEqualTo("class mountPoint options type\n4\n" + "level reason\n".repeat(4) + "1\nstring\n1\n1\nSTRICT\n");
		assertThat(sh("atomic-write inspect f").succeeds().out()).contains("ATOMIC_VISIBILITY GUARANTEED: ",
				"1 orphans, 1 leftover lock files, 1 backups");
	}

	@Test
	void doctorLooksAndProbes() {
		Result look = sh("atomic-write doctor .").succeeds();
		assertThat(look.out()).contains(": ok", "OK directory-exists", "UNKNOWN replace: not probed");
		assertThat(look.err()).isEmpty();
		assertThat(sh("atomic-write doctor --probe .").succeeds().out())
			.contains("OK replace:", "OK lock-second-process:")
			.doesNotContain("UNKNOWN replace");
		assertThat(names()).isEmpty();
		assertThat(sh("atomic-write doctor --json . | jq -r '.ok, (.findings[0] | keys | join(\" \"))'").out())
			.startsWith("true\ncode message ");
		assertThat(sh("atomic-write doctor --require crash-durability /proc").status()).isEqualTo(1);
		assertThat(sh("atomic-write doctor gone/gone").out()).contains("ERROR directory-exists");
		sh("atomic-write doctor --require speed .").fails(1, "'speed' is none of atomic-visibility, crash-durability");
	}

	@Test
	void doctorsFindNoOverlap() {
		Result result = sh("atomic-write doctor --overlap 2 --rounds 100 . > one & atomic-write doctor --overlap 2 "
				+ "--rounds 100 . && wait && cat one");
		assertThat(result.succeeds().out()).contains("no overlap", "2 participants acquired the lock ");
		sh("atomic-write doctor --overlap 2 -t 1 .").fails(1, "only 1 of 2 participants arrived");
		assertThat(names()).containsExactly("one");
	}

	@Test
	void restoresABackupAndCanBeUndone() throws Exception {
		sh("for n in 1 2 3; do echo $n | atomic-write --keep 5 f; done").silent();
		String newest = sh("atomic-write restore --list f | head -1 | cut -d, -f1").out().trim();
		String oldest = sh("atomic-write restore --list f | tail -1 | cut -d, -f1").out().trim();
		assertThat(Files.readString(java.nio.file.Path.of(newest))).isEqualTo("2\n");
		sh("atomic-write restore f && [ $(cat f) = 2 ] && atomic-write restore --from " + oldest
				+ " f && [ $(cat f) = 1 ]")
			.silent();
		sh("atomic-write restore f && [ $(cat f) = 2 ]").silent();
		sh("atomic-write restore --from f f").fails(1, "Error: f: is no backup of that file");
		sh("echo 1 > g; atomic-write restore g").fails(1, "it has no backup");
		sh("echo 1 > h; echo 2 | atomic-write --backup-dir old --backup-suffix .bak h && atomic-write restore "
				+ "--backup-dir old " + "--backup-suffix .bak h && [ $(cat h) = 1 ]")
			.silent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "recover", "recover -n", "housekeep --all", "housekeep --clean-orphans -n",
			"housekeep --clean-locks --clean-orphans --older-than 1h" })
	void saysWhatStaysBecauseOfItsAge(String command) throws Exception {
		write(".f.0123456789abcdef.tmp", "half");
		write(".g.0123456789abcdef.tmp", "half");
		boolean locks = command.contains("1h");
		if (locks) {
			write("f.lock", "");
		}
		Result result = sh("atomic-write " + command);
		assertThat(result.succeeds().err())
			.contains(locks ? "3 leftover files stay"
					: command.startsWith("recover") ? "2 staging files without a writer stay" : "2 leftover files stay")
			.contains("--older-than 0");
		assertThat(result.out()).isEmpty();
		assertThat(sh("atomic-write " + command + " -q").succeeds().err()).isEmpty();
		assertThat(sh("atomic-write " + command + " --json 2>&1 | jq -s 'map(.too_young // empty) | max'").out())
			.isEqualTo(locks ? "3\n" : "2\n");
		assertThat(names()).hasSize(locks ? 3 : 2);
		assertThat(sh("atomic-write " + command.replace(" -n", "").replace(" --older-than 1h", "") + " --older-than 0")
			.succeeds()
			.err()).isEmpty();
		assertThat(names()).isEmpty();
	}

	@Test
	void recoversWhatACrashHasLeft() {
		sh("echo old > f; echo half > .f.0123456789abcdef.tmp; touch -d '1 hour ago' .f.0123456789abcdef.tmp").silent();
		assertThat(sh("atomic-write recover -n").succeeds().out())
			.contains(".f.0123456789abcdef.tmp: would be discarded");
		assertThat(sh("atomic-write recover --older-than 2").succeeds().out()).isEmpty();
		assertThat(sh("atomic-write recover --decision set-aside --json . | jq -r .action").succeeds().out())
			.isEqualTo("SET_ASIDE\n");
		assertThat(names()).containsExactly(".f.0123456789abcdef.aside", "f");
		sh("atomic-write recover --decision maybe").fails(1, "'maybe' is none of discard, finish, set-aside");
	}

	@Test
	void finishesWhatWasWholeAndSetsTheRestAside() throws Exception {
		String killed = "echo new | strace -f -qq -o /dev/null -e trace=rename -e inject=rename:signal=KILL:when=2 "
				+ "atomic-write --checksum sidecar ";
		for (String name : new String[] { "f", "g" }) {
			assertThat(sh(killed + name).status()).isEqualTo(137);
		}
		Result result = sh("rm .g.*.tmp; echo part > .g.0123456789abcdef.tmp; touch -d '1 hour ago' .*.tmp; "
				+ "atomic-write recover --decision finish");
		assertThat(result.out()).contains("/f: finished (its checksum shows that it is complete",
				"/.g.0123456789abcdef.aside: set aside (it may be incomplete)", "/g.sha256: doubtful");
		assertThat(result.status()).as("what is in doubt is an error").isEqualTo(1);
		assertThat(file("f")).hasContent("new\n");
		sh("atomic-write verify -q f").silent();
		assertThat(names()).contains("f", "f.sha256").noneMatch((name) -> name.endsWith(".tmp"));
	}

}
