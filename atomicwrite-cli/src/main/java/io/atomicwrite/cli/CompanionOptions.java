package io.atomicwrite.cli;

import io.atomicwrite.artifact.CompanionNames;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How the names of lock files, backups and sidecars are spelled.
 */
final class CompanionOptions extends OptionGroup {

	private final OptionSpec hidden = flag(
			"Hide all companions: .OUTPUT.lock, .OUTPUT.backup, .OUTPUT.sha256, for directories of which a program "
					+ "reads every file. Everyone who writes OUTPUT must give it; backups and sidecars of either name are found.",
			"--hidden-companions");

	CompanionOptions() {
		super("Companions");
	}

	CompanionNames names() {
		return isSet(this.hidden) ? CompanionNames.HIDDEN : CompanionNames.VISIBLE;
	}

}
