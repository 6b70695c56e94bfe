package io.atomicwrite.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a command line ends in that runs in this process, without a launcher.
 *
 * @param status the exit status
 * @param out what it prints on standard output
 * @param err what it prints on standard error
 */
record InProcess(int status, String out, String err) {

	static InProcess run(String... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
		Reporter reporter = new Reporter(new PrintStream(err, true, StandardCharsets.UTF_8));
		reporter.foresee(args);
		int status = AtomicWrite.run(args, new Session(reporter, new Interruption(), printed));
		return new InProcess(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	InProcess succeeds() {
		assertThat(this.status).as(this.err).isZero();
		return this;
	}

	InProcess silent() {
		succeeds();
		assertThat(this.out).isEmpty();
		assertThat(this.err).isEmpty();
		return this;
	}

	InProcess fails(String... parts) {
		assertThat(this.status).as(this.out + this.err).isEqualTo(ExitStatus.ERROR);
		assertThat(this.err).contains(parts).doesNotContain("Exception");
		return this;
	}

	InProcess doesNotName(String value) {
		assertThat(this.out + this.err).doesNotContain(value);
		return this;
	}

}
