package io.atomicwrite.cli;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.manifest.Stamp;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the content comes from. Each of these options asks for a manifest.
 */
final class StampOptions extends OptionGroup {

	private final OptionSpec source = value("TEXT",
			"What the content was made from or by. Kept with size, SHA-256 and time in OUTPUT.manifest.json, which "
					+ "inspect shows.",
			"--stamp-source");

	private final OptionSpec run = value("TEXT",
			"What made the content, such as the identifier of a job's run. Kept in OUTPUT.manifest.json as well.",
			"--run-id");

	StampOptions() {
		super("Freshness");
	}

	void apply(WriteOptions.Builder options) {
		Stamp stamp = Stamp.empty();
		for (OptionSpec option : given(options())) {
			String text = String.valueOf(text(option));
			try {
				stamp = (option == this.run) ? stamp.withRun(text) : stamp.withSource(text);
			}
			catch (IllegalArgumentException ex) {
				throw Failure.usage(option.longestName(), String.valueOf(ex.getMessage()));
			}
			options.stamp(stamp);
		}
	}

}
