package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;

import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where backups lie and how their names end is up to the writes; housekeeping finds them
 * there, and in time where there are many.
 */
class HousekeepIT extends EndToEnd {

	@Test
	void findsBackupsByTheSuffixAndTheDirectoryOfTheWrites() {
		sh("mkdir etc; for n in 1 2 3 4; do echo $n | atomic-write --backup-timestamp --backup-suffix .bak --backup-dir old etc/f "
				+ "|| exit; done; : > old/g.20200101-000000.backup; : > etc/h.20200101-000000.bak")
			.silent();
		assertThat(names(file("old"))).hasSize(4);
		String sweep = "atomic-write housekeep --clean-backups --keep-newest 1 ";
		assertThat(sh(sweep + "etc").succeeds().out()).isEmpty();
		assertThat(sh(sweep + "-n --backup-suffix .bak --backup-dir old etc").succeeds().out().lines()).hasSize(2)
			.allMatch((line) -> line.matches("Would delete backup .*/old/f\\..*\\.bak"));
		assertThat(sh(sweep + "--backup-suffix .bak --backup-dir $PWD/old etc").succeeds().out().lines()).hasSize(2);
		assertThat(sh("cat old/f.*").out()).isEqualTo("3\n");
		assertThat(names(file("old"))).hasSize(2).contains("g.20200101-000000.backup");
		assertThat(sh("atomic-write housekeep --all --older-than 7d --backup-suffix .bak etc").succeeds().out())
			.matches("Deleted backup .*/etc/h\\.20200101-000000\\.bak\n");
		assertThat(sh("atomic-write housekeep --clean-backups --older-than 7d --backup-dir old etc").succeeds().out())
			.matches("Deleted backup .*/old/g\\.20200101-000000\\.backup\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					--clean-backups --keep-newest 1 --backup-dir gone      | gone: No such file or directory
					--clean-backups --keep-newest 1 --backup-dir plain     | plain: Not a directory
					--clean-backups --keep-newest 1 --backup-suffix .lock  | Error: --backup-suffix: '.lock' is not a valid suffix
					--clean-locks --backup-suffix .bak                     | Error: --backup-suffix: is about backups
					--clean-orphans --backup-dir .                         | Error: --backup-dir: is about backups
					--all --older-than -1h                                 | '-1h' is no length of time
					--all --older-than 1h30m                               | '1h30m' is no length of time
					--all --older-than 3y                                  | '3y' is no length of time
					--all --keep-newest -1                                 | '-1' is no number of 0 or more
					--all plain                                            | plain: Not a directory
					""")
	void refusesWhatItCanNotUse(String options, String message) throws Exception {
		write("plain", "");
		write("f.backup", "");
		sh("atomic-write housekeep " + options).fails(1, message);
		assertThat(names()).containsExactly("f.backup", "plain");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.5h", "90m", "1.5" })
	void anAgeHasAUnitOrThatOfItsKind(String age) {
		sh(": > a.lock; : > b.lock; touch -d '80 minutes ago' a.lock; touch -d '100 minutes ago' b.lock").silent();
		assertThat(sh("atomic-write housekeep --clean-locks -n --older-than " + age).succeeds().out())
			.matches("Would delete lock file .*/b.lock\n");
	}

	@Test
	void cleansTheCurrentDirectoryAndIsIdempotent() {
		sh("mkdir -p d/sub; : > d/a.lock; : > d/sub/b.lock; : > c.lock").silent();
		assertThat(sh("cd d && atomic-write housekeep --all").succeeds().out())
			.matches("Deleted lock file .*/d/a.lock\n");
		assertThat(sh("cd d && atomic-write housekeep --all").succeeds().out()).isEmpty();
		assertThat(sh("atomic-write housekeep --all --recursive .").succeeds().out()).contains("c.lock", "sub/b.lock");
		assertThat(sh("find . -name '*.lock'").out()).isEmpty();
	}

	/**
	 * Of processor time: the time on the wall is that of all who share the machine. It is
	 * 4 s where nothing else runs; a look at all files for each would be a hundred
	 * million.
	 */
	@Test
	@Stresses
	void manyLockFilesTakeSeconds() throws IOException {
		Files.createDirectory(file("d"));
		for (int i = 0; i < 10_000; i++) {
			Files.createFile(file("d/" + i + ".lock"));
		}
		assertThat(seconds("atomic-write housekeep --clean-locks d > out")).isLessThan(20);
		assertThat(file("out")).content().hasLineCount(10_000);
		assertThat(names(file("d"))).isEmpty();
	}

	@Test
	@Tag("slow")
	void manyBackupsTakeSeconds() throws IOException {
		Files.createDirectory(file("d"));
		for (int i = 0; i < 100_000; i++) {
			Files.createFile(
					file(String.format("d/%d.202601%02d-%02d0000.backup", i % 1000, i / 24_000 + 1, i / 1000 % 24)));
		}
		assertThat(seconds("atomic-write housekeep --clean-backups --keep-newest 3 d > out")).isLessThan(30);
		assertThat(file("out")).content().hasLineCount(97_000);
		assertThat(names(file("d"))).hasSize(3000);
	}

	private double seconds(String script) {
		Result result = run("bash", "-c", "TIMEFORMAT='%U %S'; time " + script).succeeds();
		String[] times = result.err().trim().split(" ");
		System.err.println(result.err());
		return Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
	}

}
