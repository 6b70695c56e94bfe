package io.atomicwrite.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What is asked of the filesystem: the policy, and the levels that are required.
 */
final class SafetyOptions extends OptionGroup {

	private final OptionSpec safety = value("POLICY",
			"What to do where the filesystem can't keep a promise: strict refuses (default), warn says so, best-effort "
					+ "keeps silent. A filesystem in memory, as tmpfs, is written with a warning under strict too.",
			"--safety");

	private final OptionSpec require = require(this);

	SafetyOptions() {
		super("Guarantees");
	}

	static OptionSpec require(OptionGroup group) {
		return group.values("GUARANTEE[=LEVEL]",
				"Require a level of a guarantee whatever the policy, such as crash-durability=best-effort, which "
						+ "refuses tmpfs. Default level: guaranteed.",
				"--require");
	}

	/** Reads what is required, as the properties of the starter have it. */
	static void required(OptionSpec option, BiConsumer<Guarantee, GuaranteeLevel> consumer) {
		List<String> given = option.getValue();
		for (String text : (given != null) ? given : List.<String>of()) {
			String[] words = text.toLowerCase(Locale.ROOT).split("=", 2);
			consumer.accept(OptionGroup.word(option, words[0], Guarantee.class),
					OptionGroup.word(option, (words.length > 1) ? words[1] : "guaranteed", GuaranteeLevel.class));
		}
	}

	SafetyPolicy policy() {
		String policy = text(this.safety);
		return (policy != null) ? word(this.safety, policy, SafetyPolicy.class) : SafetyPolicy.STRICT;
	}

	void apply(WriteOptions.Builder options) {
		options.safety(policy());
		required(this.require, options::require);
	}

}
