package io.atomicwrite.cli;

import java.util.List;

import picocli.CommandLine.Model.OptionSpec;

/**
 * How much is told, and how.
 */
final class OutputOptions extends OptionGroup {

	private final OptionSpec verbose = add(OptionSpec.builder("-v", "--verbose")
		.type(List.class)
		.auxiliaryTypes(Boolean.class)
		.arity("0")
		.description("Tell what happens, such as how long the lock was waited for. Twice (-vv): tell of staging "
				+ "file and lock file, and how long each phase took.")
		.build());

	private final OptionSpec quiet = flag("Tell nothing but errors.", "-q", "--quiet");

	private final OptionSpec json = flag("Tell in JSON, one object a line on standard error, errors too. Reports on "
			+ "standard output are JSON then as well.", "--json");

	OutputOptions() {
		super("Output");
	}

	void configure(Reporter reporter) {
		atMostOne(this.verbose, this.quiet);
		List<Boolean> times = this.verbose.getValue();
		Reporter.Level level = isSet(this.quiet) ? Reporter.Level.ERROR : Reporter.Level.NOTICE;
		if (times != null) {
			level = (times.size() > 1) ? Reporter.Level.DEBUG : Reporter.Level.INFO;
		}
		reporter.configure(level, isSet(this.json));
	}

}
