package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.OptionalLong;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * The checks that change nothing.
 */
final class Looks {

	private static final long LITTLE_SPACE = 64L * 1024 * 1024;

	private static final long FEW_INODES = 1000;

	private static final String OWN_IDENTITY = "give each host, and each container with a network of its own, a host name "
			+ "of its own, or set nfs4_unique_id of the module nfs";

	/**
	 * A name of the usual maximum length, which makes {@link NameLimit} look the limit
	 * up.
	 */
	private static final String LONG_NAME = "x".repeat(ArtifactNames.USUAL_LIMIT);

	private final FileOps files;

	private final Path directory;

	private final Findings findings;

	Looks(FileOps files, Path directory, Findings findings) {
		this.files = files;
		this.directory = directory;
		this.findings = findings;
	}

	/** Checks that the directory of a path exists. */
	boolean exists(Path path) {
		Path parent = path.getParent();
		if (isThis(path) || (parent != null && isThis(parent))) {
			this.findings.ok(Code.DIRECTORY_EXISTS, this.directory + " is a directory");
			return true;
		}
		this.findings.failed(Code.DIRECTORY_EXISTS,
				path + " does not exist; its nearest existing ancestor is " + this.directory,
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
			this.findings.failed(Code.DIRECTORY_WRITABLE,
					"this user can't create files in the directory: " + IoErrors.text(ex),
					Remedy.of(WritePhase.STAGE, IoErrors.classify(ex)).text());
			return false;
		}
		try {
			this.files.checkAccess(this.directory, AccessMode.READ);
			this.findings.ok(Code.DIRECTORY_WRITABLE, "this user may create files in the directory and list it");
		}
		catch (IOException ex) {
			this.findings.failed(Code.DIRECTORY_WRITABLE,
					"this user may create files in the directory, but can't read it and therefore can't sync it: "
							+ IoErrors.text(ex),
					"grant read permission on the directory");
		}
		return true;
	}

	void guarantees(GuaranteeReport report, DoctorOptions options) {
		for (Guarantee guarantee : Guarantee.values()) {
			Assessment found = report.assessment(guarantee);
			GuaranteeLevel required = options.required().get(guarantee);
			String message = guarantee + " is " + found.level() + " (" + found.reason() + ")";
			if (required != null && !found.level().satisfies(required)) {
				this.findings.add(Code.GUARANTEES, Severity.ERROR, message + " but must be " + required,
						"choose a directory on another filesystem, or require less");
			}
			else if (found.level() == GuaranteeLevel.GUARANTEED) {
				this.findings.ok(Code.GUARANTEES, message);
			}
			else if (found.level() == GuaranteeLevel.BEST_EFFORT || guarantee == Guarantee.INTEGRITY_DETECTION) {
				this.findings.info(Code.GUARANTEES, message);
			}
			else {
				this.findings.add(Code.GUARANTEES, Severity.WARNING, message, isInMemory(guarantee, report)
						? "a write there succeeds with a warning; choose a directory on another filesystem for what "
								+ "must survive a crash"
						: "a write that needs it fails under the strict safety policy; choose a directory on "
								+ "another filesystem, " + "or relax the policy");
			}
		}
	}

	private static boolean isInMemory(Guarantee guarantee, GuaranteeReport report) {
		return guarantee == Guarantee.CRASH_DURABILITY
				&& report.filesystem().kind() == FilesystemClass.LOCAL_POSIX_VOLATILE;
	}

	void space() {
		DiskSpace space;
		try {
			space = this.files.space(this.directory);
		}
		catch (IOException ex) {
			this.findings.unknown(Code.FREE_SPACE, IoErrors.text(ex), null);
			this.findings.unknown(Code.FREE_INODES, IoErrors.text(ex), null);
			return;
		}
		if (space.total() <= 0) {
			this.findings.unknown(Code.FREE_SPACE, "the filesystem reports no size", null);
			inodes(space.freeInodes());
			return;
		}
		String text = mebibytes(space.usable()) + " of " + mebibytes(space.total()) + " are free";
		if (space.usable() < LITTLE_SPACE) {
			this.findings.failed(Code.FREE_SPACE, text,
					"free some space: a write needs room for the new content in addition to the old");
		}
		else {
			this.findings.ok(Code.FREE_SPACE, text);
		}
		inodes(space.freeInodes());
	}

	private void inodes(OptionalLong free) {
		if (free.isEmpty()) {
			this.findings.unknown(Code.FREE_INODES, "the filesystem does not limit or does not report their number",
					null);
		}
		else if (free.getAsLong() < FEW_INODES) {
			this.findings.failed(Code.FREE_INODES, free.getAsLong() + " more files can be created",
					"delete files: a write needs one inode for its staging file and one for its lock file");
		}
		else {
			this.findings.ok(Code.FREE_INODES, free.getAsLong() + " more files can be created");
		}
	}

	private static String mebibytes(long bytes) {
		return bytes / (1024 * 1024) + " MiB";
	}

	/** Reports as whom the client of an NFSv4 mount presents itself. */
	void nfsClient() {
		NfsClient client;
		try {
			client = NfsClient.of(this.files, this.directory);
		}
		catch (IOException ex) {
			this.findings.unknown(Code.NFS_CLIENT, IoErrors.text(ex), null);
			return;
		}
		if (client.hostName().isEmpty()) {
			// another filesystem, or a host that hides its name
			return;
		}
		if (!client.uniqueId().isEmpty()) {
			this.findings.ok(Code.NFS_CLIENT, "the NFS client has a unique id beside its host name");
			return;
		}
		boolean usual = client.hostName().startsWith("localhost") || client.hostName().equals("(none)");
		this.findings
			.add(Code.NFS_CLIENT, usual ? Severity.WARNING : Severity.INFO, "the NFS client has its host name alone, '"
					+ client.hostName()
					+ "': a server takes clients of the same name for one, and their locks do not exclude each other",
					OWN_IDENTITY);
	}

	void nameLimit() {
		try {
			int limit = NameLimit.of(this.files, this.directory, LONG_NAME);
			String message = "names may have up to " + limit + " bytes";
			if (limit < ArtifactNames.USUAL_LIMIT) {
				this.findings.info(Code.NAME_LIMIT, message + "; longer names of artifacts are shortened");
			}
			else {
				this.findings.ok(Code.NAME_LIMIT, message);
			}
		}
		catch (IOException ex) {
			this.findings.unknown(Code.NAME_LIMIT, IoErrors.text(ex), null);
		}
	}

}
