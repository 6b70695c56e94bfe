package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.OptionalLong;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.DiskSpace;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * What can be found out without changing anything.
 */
final class Looks {

	private static final long LITTLE_SPACE = 64L * 1024 * 1024;

	private static final long FEW_INODES = 1000;

	/** A name that is as long as the limit shows the limit. */
	private static final String LONG_NAME = "x".repeat(ArtifactNames.USUAL_LIMIT);

	private final FileOps files;

	private final Path directory;

	private final Findings findings;

	Looks(FileOps files, Path directory, Findings findings) {
		this.files = files;
		this.directory = directory;
		this.findings = findings;
	}

	/** Whether the directory of a path is there. */
	boolean exists(Path path) {
		Path parent = path.getParent();
		if (isThis(path) || (parent != null && isThis(parent))) {
			this.findings.ok(FindingCode.DIRECTORY_EXISTS, this.directory + " is a directory");
			return true;
		}
		this.findings.failed(FindingCode.DIRECTORY_EXISTS,
				path + " does not exist; the nearest directory that does is " + this.directory,
				"create it, or correct the path");
		return false;
	}

	private boolean isThis(Path path) {
		try {
			return this.files.canonical(path).equals(this.directory);
		}
		catch (IOException ex) {
			return false;
		}
	}

	boolean writable() {
		try {
			this.files.checkAccess(this.directory, AccessMode.WRITE, AccessMode.EXECUTE);
		}
		catch (IOException ex) {
			this.findings.failed(FindingCode.DIRECTORY_WRITABLE,
					"this user can't create files in it: " + IoErrors.text(ex), IoErrors.classify(ex).remedy());
			return false;
		}
		try {
			this.files.checkAccess(this.directory, AccessMode.READ);
			this.findings.ok(FindingCode.DIRECTORY_WRITABLE, "this user may create files in it and list it");
		}
		catch (IOException ex) {
			this.findings.failed(FindingCode.DIRECTORY_WRITABLE,
					"this user may create files in it, but can't read it and so can't sync it: " + IoErrors.text(ex),
					"add read permission on the directory");
		}
		return true;
	}

	void guarantees(GuaranteeReport report, DoctorOptions options) {
		for (Guarantee guarantee : Guarantee.values()) {
			Assessment found = report.assessment(guarantee);
			GuaranteeLevel required = options.required().get(guarantee);
			String message = guarantee + " is " + found.level() + " (" + found.reason() + ")";
			if (required != null && !found.level().satisfies(required)) {
				this.findings.add(FindingCode.GUARANTEES, Severity.ERROR, message + " and must be " + required,
						"choose a directory on another filesystem, or require less");
			}
			else if (found.level() == GuaranteeLevel.GUARANTEED) {
				this.findings.ok(FindingCode.GUARANTEES, message);
			}
			else if (found.level() == GuaranteeLevel.BEST_EFFORT || guarantee == Guarantee.INTEGRITY_DETECTION) {
				this.findings.info(FindingCode.GUARANTEES, message);
			}
			else {
				this.findings.add(FindingCode.GUARANTEES, Severity.WARNING, message,
						"a strict write that needs it is refused; choose a directory on another filesystem, "
								+ "or relax the safety policy");
			}
		}
	}

	void space() {
		DiskSpace space;
		try {
			space = this.files.space(this.directory);
		}
		catch (IOException ex) {
			this.findings.unknown(FindingCode.FREE_SPACE, IoErrors.text(ex), null);
			this.findings.unknown(FindingCode.FREE_INODES, IoErrors.text(ex), null);
			return;
		}
		if (space.total() <= 0) {
			this.findings.unknown(FindingCode.FREE_SPACE, "the filesystem tells no size", null);
			inodes(space.freeInodes());
			return;
		}
		String text = mebibytes(space.usable()) + " of " + mebibytes(space.total()) + " are free";
		if (space.usable() < LITTLE_SPACE) {
			this.findings.failed(FindingCode.FREE_SPACE, text,
					"free space: a write needs room for the new content beside the old");
		}
		else {
			this.findings.ok(FindingCode.FREE_SPACE, text);
		}
		inodes(space.freeInodes());
	}

	private void inodes(OptionalLong free) {
		if (free.isEmpty()) {
			this.findings.unknown(FindingCode.FREE_INODES, "their number is not limited, or can't be told from here",
					null);
		}
		else if (free.getAsLong() < FEW_INODES) {
			this.findings.failed(FindingCode.FREE_INODES, free.getAsLong() + " more files can be created",
					"delete files: a write needs one for its staging file and one for its lock");
		}
		else {
			this.findings.ok(FindingCode.FREE_INODES, free.getAsLong() + " more files can be created");
		}
	}

	private static String mebibytes(long bytes) {
		return bytes / (1024 * 1024) + " MiB";
	}

	void nameLimit() {
		try {
			int limit = NameLimit.of(this.files, this.directory, LONG_NAME);
			String message = "names of up to " + limit + " bytes";
			if (limit < ArtifactNames.USUAL_LIMIT) {
				this.findings.info(FindingCode.NAME_LIMIT, message + "; those of artifacts are shortened to fit");
			}
			else {
				this.findings.ok(FindingCode.NAME_LIMIT, message);
			}
		}
		catch (IOException ex) {
			this.findings.unknown(FindingCode.NAME_LIMIT, IoErrors.text(ex), null);
		}
	}

}
