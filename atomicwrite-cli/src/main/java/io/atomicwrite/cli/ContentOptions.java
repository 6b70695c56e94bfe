package io.atomicwrite.cli;

import java.util.Locale;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whether and how the old content gives way to the new one.
 */
final class ContentOptions extends OptionGroup {

	private final OptionSpec append = flag("Write the old content with the input after it, in one step and under the "
			+ "lock, so that no line is lost.", "--append");

	private final OptionSpec noClobber = flag("Fail if OUTPUT exists, also if it comes into being meanwhile.",
			"--no-clobber");

	private final OptionSpec expectDigest = value("SHA256",
			"Fail unless OUTPUT has this digest when the lock is held: nobody has changed it since it was read.",
			"--expect-digest");

	private final OptionSpec verify = flag(
			"Read what was written back and compare its digest before it takes the " + "place of the old content.",
			"--verify");

	private final OptionSpec diff = flag("Print a unified diff of the old content and the new on standard output.",
			"--diff");

	private final OptionSpec dryRun = flag("With --diff: print it and write nothing.", "-n", "--dry-run");

	private final OptionSpec checksum = value("KIND",
			"Keep a SHA-256 of the content: in a sidecar file (OUTPUT.sha256, for sha256sum -c) or in an extended "
					+ "attribute. One of none (default), sidecar, attribute.",
			"--checksum");

	private final OptionSpec safety = value("POLICY",
			"What to do where the filesystem can't keep the promise, as tmpfs can't: strict refuses (default), warn "
					+ "says so, best-effort keeps silent.",
			"--safety");

	ContentOptions() {
		super("Replacing");
	}

	boolean appends() {
		return isSet(this.append);
	}

	boolean diffs() {
		return isSet(this.diff);
	}

	boolean dryRun() {
		return isSet(this.dryRun);
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

	void apply(WriteOptions.Builder options) {
		options.overwrite(!isSet(this.noClobber))
			.checksum(checksum())
			.safety(safety(this.safety))
			.verify(isSet(this.verify));
		String digest = text(this.expectDigest);
		if (digest != null) {
			try {
				options.expectedVersion(io.atomicwrite.core.Version.parse(digest.toLowerCase(Locale.ROOT)));
			}
			catch (IllegalArgumentException ex) {
				throw Failure.usage("--expect-digest",
						"'" + digest + "' is no SHA-256: it has 64 hexadecimal digits, as sha256sum prints them");
			}
		}
	}

	private ChecksumPolicy checksum() {
		String kind = text(this.checksum);
		return (kind != null)
				? ChecksumPolicy.of(word(this.checksum, kind, ChecksumPolicy.Mode.class), ChecksumAlgorithm.SHA_256)
				: ChecksumPolicy.none();
	}

	static SafetyPolicy safety(OptionSpec option) {
		String policy = text(option);
		return (policy != null) ? word(option, policy, SafetyPolicy.class) : SafetyPolicy.STRICT;
	}

}
