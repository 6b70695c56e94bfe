package io.atomicwrite.cli;

import io.atomicwrite.backup.BackupPolicy;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whether the content that is replaced is kept. Each of these options asks for that.
 */
final class BackupOptions extends OptionGroup {

	private static final int MODE_BITS = 07777;

	private final OptionSpec backup = flag("Keep the content that is replaced as OUTPUT.backup.", "-b", "--backup");

	private final OptionSpec suffix = value("SUFFIX", "End the name of the backup like this. Default: .backup.",
			"--backup-suffix");

	private final OptionSpec directory = file("DIR",
			"Keep backups in this directory, such as where a program reads every file beside OUTPUT. "
					+ "Default: beside OUTPUT.",
			"--backup-dir");

	private final OptionSpec timestamp = flag(
			"Keep one backup more with each write: OUTPUT.YYYYMMDD-HHMMSS.backup, in UTC.", "--backup-timestamp");

	private final OptionSpec mode = value("OCTAL", "Mode of the backup. Default: that of the content that it keeps.",
			"--backup-mode");

	private final OptionSpec keep = value("N", "Keep the newest N backups with a timestamp and delete older ones.",
			"--keep");

	BackupOptions() {
		super("Backups");
	}

	BackupPolicy policy() {
		if (given(options()).isEmpty()) {
			return BackupPolicy.none();
		}
		Integer newest = number(this.keep, 1);
		BackupPolicy policy = (isSet(this.timestamp) || newest != null) ? BackupPolicy.generations()
				: BackupPolicy.single();
		return place(policy, this.suffix, this.directory)
			.with((changes) -> changes.mode(mode(this.mode, MODE_BITS)).keep(newest));
	}

	static BackupPolicy place(BackupPolicy policy, OptionSpec suffix, OptionSpec directory) {
		String ending = text(suffix);
		String place = text(directory);
		BackupPolicy placed = (place != null)
				? policy.with((changes) -> changes.directory(FileName.directory(place).toAbsolutePath())) : policy;
		try {
			return (ending != null) ? placed.with((changes) -> changes.suffix(ending)) : placed;
		}
		catch (IllegalArgumentException ex) {
			throw Failure.usage(suffix.longestName(), String.valueOf(ex.getMessage()));
		}
	}

}
