package io.atomicwrite.cli;

import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whether and how the old content gives way to the input.
 */
final class InputContentOptions extends ContentOptions {

	private final OptionSpec append = flag("Write the old content with the input after it, in one step and under the "
			+ "lock, so that no line is lost.", "--append");

	private final OptionSpec noClobber = flag("Fail if OUTPUT exists, also if it comes into being meanwhile.",
			"--no-clobber");

	InputContentOptions() {
		super("With --diff: print it and write nothing.");
	}

	boolean appends() {
		return isSet(this.append);
	}

	void check(boolean streams) {
		atMostOne(this.append, this.noClobber);
		if (dryRun() && !diffs()) {
			throw Failure.usage("--dry-run", "shows what would change, and so needs --diff");
		}
		if (diffs() && streams) {
			throw Failure.usage("--diff", "needs all of the input at once, and so can't be given with --stream");
		}
	}

	@Override
	void apply(WriteOptions.Builder options) {
		super.apply(options);
		options.overwrite(!isSet(this.noClobber));
	}

}
