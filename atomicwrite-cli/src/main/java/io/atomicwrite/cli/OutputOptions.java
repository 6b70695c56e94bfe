package io.atomicwrite.cli;

import java.util.List;

import picocli.CommandLine.Model.OptionSpec;

/**
 * How much is reported, and in which form.
 */
final class OutputOptions extends OptionGroup {

	private final OptionSpec verbose = add(OptionSpec.builder("-v", "--verbose")
		.type(List.class)
		.auxiliaryTypes(Boolean.class)
		.arity("0")
		.description("Report what happens, such as how long the lock was waited for. Twice (-vv): also report staging "
				+ "file and lock file, and how long each phase took.")
		.build());

	private final OptionSpec quiet = flag("Report errors only.", "-q", "--quiet");

	private final OptionSpec json = flag("Report in JSON, one object a line on standard error, errors too. Reports on "
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
