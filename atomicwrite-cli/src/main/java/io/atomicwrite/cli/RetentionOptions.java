package io.atomicwrite.cli;

import java.time.Duration;
import java.util.Optional;

import io.atomicwrite.publication.Retention;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which versions of a publication stay.
 */
final class RetentionOptions extends OptionGroup {

	private final OptionSpec keep = value("N",
			"Remove all versions but the newest N. What latest names and what a reader has open stays as well.",
			"--keep");

	private final OptionSpec olderThan = value("AGE",
			"Of these, remove only what is older: 30m, 2h, 7d. A number alone is in hours. Needs --keep.",
			"--older-than");

	RetentionOptions() {
		super("Retention");
	}

	Optional<Retention> retention() {
		Integer versions = number(this.keep, 1);
		String age = text(this.olderThan);
		if (versions == null) {
			if (age != null) {
				throw Failure.usage("--older-than", "needs --keep");
			}
			return Optional.empty();
		}
		Retention retention = Retention.keep(versions);
		return Optional
			.of((age != null) ? retention.olderThan(Ages.parse("--older-than", age, Duration.ofHours(1))) : retention);
	}

}
