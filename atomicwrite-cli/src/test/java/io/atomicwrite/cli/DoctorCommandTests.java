package io.atomicwrite.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The doctor as an operator sees it.
 */
class DoctorCommandTests {

	@TempDir
	private Path logs;

	@TempDir
	private Path directory;

	@Test
	void looksAndChangesNothing() throws Exception {
		Program program = run("doctor", this.directory.toString());
		assertThat(program.status()).as(program.err()).isZero();
		assertThat(program.out()).contains(": ok", "OK directory-exists", "UNKNOWN replace: was not tried")
			.contains("ATOMIC_VISIBILITY is ");
		assertThat(program.err()).isEmpty();
	}

	@Test
	void probesAndKeepsNothing() throws Exception {
		Program program = run("doctor", "--probe", this.directory.toString());
		assertThat(program.status()).as(program.out() + program.err()).isZero();
		assertThat(program.out()).contains("OK replace:", "OK lock-second-process:", "OK reader-never-misses:")
			.doesNotContain("UNKNOWN replace");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void requiredLevelThatIsNotMetIsAnError() throws Exception {
		Program program = run("doctor", "--require", "crash-durability", "/proc");
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.out()).contains("not ok", "ERROR guarantees: CRASH_DURABILITY is UNSUPPORTED");
	}

	@Test
	void directoryThatIsMissingIsAnError() throws Exception {
		Program program = run("doctor", this.directory.resolve("a/b").toString());
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.out()).contains("ERROR directory-exists");
	}

	@Test
	void unknownGuaranteeIsNamedWithThoseThereAre() throws Exception {
		Program program = run("doctor", "--require", "speed", this.directory.toString());
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).contains("'speed' is none of atomic-visibility, crash-durability");
	}

	@Test
	void twoParticipantsFindNoOverlap() throws Exception {
		String[] words = { "doctor", "--overlap", "2", "--rounds", "200", this.directory.toString() };
		try (Program one = Program.atomicWrite(this.logs, words); Program two = Program.atomicWrite(this.logs, words)) {
			for (Program program : new Program[] { one, two }) {
				assertThat(program.status()).as(program.out() + program.err()).isZero();
				assertThat(program.out()).contains("no overlap", "2 participants acquired the lock ");
			}
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void participantThatStaysAloneSaysSo() throws Exception {
		Program program = run("doctor", "--overlap", "2", "--timeout", "1", this.directory.toString());
		assertThat(program.status()).isEqualTo(1);
		assertThat(program.err()).startsWith("Error: " + this.directory + ": only 1 of 2 participants came");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void fileNamedLikeTheCommandIsReachedByItsPath() throws Exception {
		Path target = this.directory.resolve("doctor");
		try (Program program = Program.atomicWrite(this.logs, target.toString()).input((byte) 'x')) {
			assertThat(program.status()).as(program.err()).isZero();
		}
		assertThat(Files.readString(target)).isEqualTo("x");
	}

	private Program run(String... words) throws Exception {
		try (Program program = Program.atomicWrite(this.logs, words).input()) {
			program.status();
			return program;
		}
	}

}
