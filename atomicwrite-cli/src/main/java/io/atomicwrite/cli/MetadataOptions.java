package io.atomicwrite.cli;

import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Mode and owner of the new file.
 */
final class MetadataOptions extends OptionGroup {

	private static final int MODE_BITS = 07777;

	private final OptionSpec mode = value("OCTAL", "Mode of the file, such as 0640, whatever the umask.", "-m",
			"--mode");

	private final OptionSpec preserveMode = flag(
			"Keep the mode of the old file; for a new file, what the umask " + "leaves. This is the default.",
			"--preserve-mode");

	private final OptionSpec noPreserveMode = flag("Give the file the mode that the umask leaves.",
			"--no-preserve-mode");

	private final OptionSpec preserveOwner = flag(
			"Keep owner and group of the old file, or fail. Another owner needs the privilege to change it, another "
					+ "group that this user is a member.",
			"--preserve-owner");

	private final OptionSpec tryPreserveOwner = flag(
			"Keep owner and group of the old file where this user may, each by itself. Where not, drop the mode bits "
					+ "that were not meant for those who would get them; --verbose says what was lost. This is the "
					+ "default.",
			"--try-preserve-owner");

	private final OptionSpec noPreserveOwner = flag(
			"Give the file to this user and its group, and drop the mode bits that were not meant for them.",
			"--no-preserve-owner");

	MetadataOptions() {
		super("Mode and owner");
	}

	ModePolicy mode() {
		atMostOne(this.mode, this.preserveMode, this.noPreserveMode);
		Integer bits = mode(this.mode, MODE_BITS);
		if (bits != null) {
			return ModePolicy.exactly(bits);
		}
		return isSet(this.noPreserveMode) ? ModePolicy.umask() : ModePolicy.preserve();
	}

	MetadataPolicy owner() {
		atMostOne(this.preserveOwner, this.tryPreserveOwner, this.noPreserveOwner);
		if (isSet(this.preserveOwner)) {
			return MetadataPolicy.REQUIRE;
		}
		return isSet(this.noPreserveOwner) ? MetadataPolicy.IGNORE : MetadataPolicy.TRY;
	}

}
