package io.atomicwrite.cli;

import java.util.List;

import io.atomicwrite.test.Forks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code --hidden-companions}: nothing visible beside the target, and each command finds
 * what the others have left.
 */
@Forks
class HiddenCompanionIT extends EndToEnd {

	private static final String HIDDEN = "atomic-write --hidden-companions ";

	@Test
	void nothingVisibleIsLeftAndNothingIsWarnedOf() {
		sh("mkdir conf.d && cd conf.d && for n in 1 2 3; do echo $n | " + HIDDEN + "--keep 2 --checksum sidecar x.conf "
				+ "|| exit; done && echo 4 | " + HIDDEN + "-b x.conf")
			.silent();
		assertThat(sh("ls conf.d").out()).isEqualTo("x.conf\n");
		assertThat(names(file("conf.d"))).contains("x.conf", ".x.conf.sha256", ".x.conf.backup")
			.anyMatch((name) -> name.matches("\\.x\\.conf\\.\\d{8}-\\d{6}(-\\d)?\\.backup"));
		assertThat(sh("cd conf.d && sha256sum -c .x.conf.sha256").succeeds().out()).isEqualTo("x.conf: OK\n");
	}

	@Test
	void theWarningNamesTheOption() {
		assertThat(sh("mkdir conf.d && echo 1 | atomic-write -b conf.d/x.conf").succeeds().err())
			.contains("use --hidden-companions, or --lock-file and --backup-dir");
	}

	@Test
	void aLockAloneIsWarnedOfToo() {
		Result held = sh("mkdir conf.d && atomic-write lock conf.d/x.conf -- ls conf.d").succeeds();
		assertThat(held.out()).isEqualTo("x.conf.lock\n");
		assertThat(held.err()).startsWith("Warning: conf.d/x.conf: a program may read every file of ")
			.endsWith(
					"so also the lock file of x.conf while the command runs: use --hidden-companions or --lock-file\n");
		sh("atomic-write lock --hidden-companions conf.d/x.conf -- true").silent();
		sh("atomic-write lock --lock-file l conf.d/x.conf -- true").silent();
		sh("atomic-write lock conf.d/.x.conf -- true").silent();
		sh("atomic-write lock -q conf.d/x.conf -- true").silent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--hidden-companions" })
	void eachCommandFindsThemWithAndWithoutTheOption(String option) {
		sh("for n in 1 2; do echo $n | " + HIDDEN
				+ "--backup-timestamp --checksum sidecar f || exit; done; : > .g.lock")
			.silent();
		assertThat(sh("atomic-write verify " + option + " f").succeeds().out()).isEqualTo("f: OK (SHA-256, sidecar)\n");
		assertThat(sh("atomic-write restore --list " + option + " f").succeeds().out().lines()).hasSize(1)
			.allMatch((line) -> line.contains("/.f."));
		assertThat(sh("atomic-write inspect " + option + " .").succeeds().out()).contains("1 leftover lock files",
				"1 backups");
		assertThat(sh("atomic-write locks " + option).succeeds().out())
			.endsWith("/.g.lock: left over, held by nobody\n");
		assertThat(sh("atomic-write recover " + option + " .").succeeds().out()).isEmpty();
		sh("atomic-write restore " + option + " f && [ $(cat f) = 1 ] && atomic-write verify -q f").silent();
		assertThat(sh("atomic-write housekeep --clean-locks " + option + " .").succeeds().out())
			.matches("Deleted lock file .*/.g.lock\n");
		sh("atomic-write housekeep -q --clean-backups --keep-newest 0 " + option + " .").succeeds();
		assertThat(names()).allMatch((name) -> List.of("f", "f.sha256", ".f.sha256").contains(name)).contains("f");
	}

	/** The child uses the lease of its ancestor, and does not wait for it. */
	@ParameterizedTest
	@ValueSource(strings = { "", "--hidden-companions" })
	void aLockIsSharedWithTheCommandBelowItWhateverItsOption(String option) {
		assertThat(sh("atomic-write lock --hidden-companions n -- sh -c 'ls -A; echo 1 | atomic-write -t 10 " + option
				+ " n'")
			.succeeds()
			.out()).isEqualTo(".n.lock\n");
		assertThat(names()).containsExactly("n");
	}

	@Test
	void aHiddenWriterWaitsForAVisibleOne() {
		assertThat(sh("atomic-write lock n -- sh -c 'unset ATOMIC_WRITE_LEASE; echo 1 | " + HIDDEN
				+ "--no-wait n; echo $?; atomic-write locks'")
			.succeeds()
			.out()).startsWith("2\n").contains("/n.lock: held by process");
		assertThat(names()).isEmpty();
	}

}
