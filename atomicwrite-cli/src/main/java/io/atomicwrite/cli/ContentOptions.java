package io.atomicwrite.cli;

import java.util.Locale;

import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How the old content gives way to the new one.
 */
class ContentOptions extends OptionGroup {

	private final OptionSpec parents = flag(
			"Create the directories of OUTPUT that are missing, as mkdir -p does. A lock "
					+ "file or a backup of another place needs its directory; only the last of --backup-dir is always created.",
			"-p", "--parents");

	private final OptionSpec expectDigest = value("SHA256",
			"Fail unless OUTPUT has this digest when the lock is held: nobody has changed it since it was read.",
			"--expect-digest");

	private final OptionSpec verify = flag(
			"Read what was written back and compare its digest before it takes the " + "place of the old content.",
			"--verify");

	private final OptionSpec diff = flag("Print a unified diff of the old content and the new on standard output.",
			"--diff");

	private final OptionSpec dryRun;

	private final OptionSpec checksum = value("KIND",
			"Keep a SHA-256 of the content: in a sidecar file (OUTPUT.sha256, for sha256sum -c) or in an extended "
					+ "attribute. One of none (default), sidecar, attribute.",
			"--checksum");

	ContentOptions() {
		this("Change nothing. With --diff, print what would change.");
	}

	ContentOptions(String dryRun) {
		super("Replacing");
		this.dryRun = flag(dryRun, "-n", "--dry-run");
	}

	boolean diffs() {
		return isSet(this.diff);
	}

	boolean createsDirectories() {
		return isSet(this.parents);
	}

	boolean dryRun() {
		return isSet(this.dryRun);
	}

	/** Whether the target must have a digest. */
	boolean expects() {
		return isGiven(this.expectDigest);
	}

	void apply(WriteOptions.Builder options) {
		options.createDirectories(isSet(this.parents)).checksum(checksum()).verify(isSet(this.verify));
		String digest = text(this.expectDigest);
		if (digest != null) {
			options.expectedVersion(version(digest));
		}
	}

	/** The version that a value of {@code --expect-digest} stands for. */
	static io.atomicwrite.checksum.Version version(String digest) {
		try {
			return io.atomicwrite.checksum.Version.parse(digest.toLowerCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw Failure.usage("--expect-digest",
					"'" + digest + "' is no SHA-256: it has 64 hexadecimal digits, as sha256sum prints them");
		}
	}

	private ChecksumPolicy checksum() {
		String kind = text(this.checksum);
		return (kind != null)
				? ChecksumPolicy.of(word(this.checksum, kind, ChecksumPolicy.Mode.class), ChecksumAlgorithm.SHA_256)
				: ChecksumPolicy.none();
	}

}
