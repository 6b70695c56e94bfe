package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import io.atomicwrite.doctor.Findings.ProbeFailure;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * Probes the file operations of a write.
 */
final class FileProbes {

	/**
	 * Coarser than the time resolution of any filesystem (FAT: two seconds), finer than
	 * any age that matters.
	 */
	private static final Duration SKEW = Duration.ofSeconds(5);

	private static final byte[] OLD = content('o');

	private static final byte[] NEW = content('n');

	private static final String ELSEWHERE = "choose a directory on another filesystem";

	private final ProbeFiles probes;

	private final FileOps files;

	private final Path directory;

	private final Findings findings;

	private final InstantSource clock;

	FileProbes(ProbeFiles probes, Path directory, Findings findings, InstantSource clock) {
		this.probes = probes;
		this.files = probes.ops();
		this.directory = directory;
		this.findings = findings;
		this.clock = clock;
	}

	private static byte[] content(char fill) {
		byte[] content = new byte[10_000];
		Arrays.fill(content, (byte) fill);
		return content;
	}

	void run() {
		this.findings.attempt(FindingCode.EXCLUSIVE_CREATE, ELSEWHERE, this::exclusiveCreate);
		this.findings.attempt(FindingCode.FILE_MODE,
				"do not rely on file modes here: restrict access to the parent directory instead", this::fileMode);
		this.findings.attempt(FindingCode.FILE_SYNC, ELSEWHERE, this::fileSync);
		this.findings.attempt(FindingCode.REPLACE, ELSEWHERE, this::replace);
		this.findings.attempt(FindingCode.REPLACE_OPEN_FILE, ELSEWHERE, this::replaceOpenFile);
		directorySync();
		this.findings.attempt(FindingCode.NO_CLOBBER, "do not use overwrite=false here", this::noClobber);
		this.findings.attempt(FindingCode.USER_ATTRIBUTES, "store checksums in sidecars rather than in attributes",
				this::userAttributes);
		this.findings.attempt(FindingCode.CHECKSUM_ROUND_TRIP, "check the disk and the memory of this machine",
				this::checksum);
		this.findings.attempt(FindingCode.CLOCK,
				"synchronise the clocks of this machine and of the server: the age of a file depends on both",
				this::clock);
		caseSensitivity();
	}

	private String exclusiveCreate() throws IOException {
		Path file = this.probes.create("exclusive", OLD);
		try (FileHandle second = this.files.createExclusive(file, 0600)) {
			throw new ProbeFailure("an existing file was created again, so two writers could share it");
		}
		catch (FileAlreadyExistsException ex) {
			return "exclusive creation works: an existing file is refused";
		}
	}

	private String fileMode() throws IOException {
		Path file = this.probes.create("mode", OLD);
		int created = mode(file);
		this.files.setMode(file, 0640);
		int changed = mode(file);
		if (created != 0600 || changed != 0640) {
			throw new ProbeFailure("a file created with mode 0600 has mode 0" + Integer.toOctalString(created)
					+ ", and mode 0" + Integer.toOctalString(changed) + " after a change to 0640");
		}
		return "a file keeps the mode that was set";
	}

	private int mode(Path file) throws IOException {
		return stat(file).mode();
	}

	private FileStat stat(Path file) throws IOException {
		FileStat stat = this.files.stat(file);
		if (stat == null) {
			throw new ProbeFailure("a file that was just created is missing");
		}
		return stat;
	}

	private String fileSync() throws IOException {
		try (FileHandle handle = this.files.createExclusive(this.probes.name("sync"), 0600)) {
			handle.write(ByteBuffer.wrap(OLD));
			handle.sync();
		}
		return "a file can be synced; only a power cut can show whether that reaches the disk";
	}

	private String replace() throws IOException {
		Path target = this.probes.create("target", OLD);
		this.files.rename(this.probes.create("staging", NEW), target);
		requireContent(target, NEW);
		return "a file can be renamed over another";
	}

	private String replaceOpenFile() throws IOException {
		Path target = this.probes.create("open", OLD);
		try (InputStream reader = this.files.openRead(target)) {
			byte[] first = reader.readNBytes(OLD.length / 2);
			this.files.rename(this.probes.create("open-staging", NEW), target);
			byte[] rest = reader.readAllBytes();
			if (first.length + rest.length != OLD.length || !allEqual(rest, OLD[0])) {
				throw new ProbeFailure("a reader that had the old file open did not get its content");
			}
		}
		requireContent(target, NEW);
		return "a reader that has a file open keeps the old content when the file is replaced";
	}

	private static boolean allEqual(byte[] bytes, byte value) {
		for (byte next : bytes) {
			if (next != value) {
				return false;
			}
		}
		return true;
	}

	private void requireContent(Path file, byte[] expected) throws IOException {
		if (!Arrays.equals(this.probes.read(file), expected)) {
			throw new ProbeFailure("after the rename the target does not have the new content");
		}
	}

	private void directorySync() {
		this.findings.attempt(FindingCode.DIRECTORY_SYNC, ELSEWHERE, () -> {
			try (DirectoryHandle handle = this.files.openDirectory(this.directory)) {
				handle.sync();
			}
			return "a directory can be synced; only a power cut can show whether that reaches the disk";
		});
		if (!this.findings.isExpected(FindingCode.DIRECTORY_SYNC)) {
			this.findings.replace(FindingCode.DIRECTORY_SYNC, Severity.UNKNOWN,
					"syncing a directory may have no effect here; writes sync the file again instead");
		}
	}

	private String noClobber() throws IOException {
		Path source = this.probes.create("link-source", NEW);
		Path name = this.probes.name("link");
		this.files.linkNew(source, name);
		requireContent(name, NEW);
		try {
			this.files.linkNew(this.probes.create("link-other", OLD), name);
		}
		catch (FileAlreadyExistsException ex) {
			requireContent(name, NEW);
			return "a file can be linked to a new name, and an existing name is refused";
		}
		throw new ProbeFailure("linking a file to an existing name succeeded");
	}

	private String userAttributes() throws IOException {
		Path file = this.probes.create("attributes", OLD);
		byte[] value = "probe".getBytes(StandardCharsets.US_ASCII);
		this.files.setUserAttribute(file, "atomicwrite.probe", value);
		Map<String, byte[]> found = this.files.userAttributes(file);
		if (!Arrays.equals(found.get("atomicwrite.probe"), value)) {
			throw new ProbeFailure("an extended attribute was set, but reading it back failed");
		}
		return "extended attributes of the user namespace work";
	}

	private String checksum() throws IOException {
		Path file = this.probes.create("checksum", NEW);
		Path sidecar = this.probes.create("checksum.sha256",
				(sha256(NEW) + "  " + file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
		String line = new String(this.probes.read(sidecar), StandardCharsets.UTF_8);
		if (!line.startsWith(sha256(this.probes.read(file)) + "  ")) {
			throw new ProbeFailure("the content or checksum that was read differs from what was written");
		}
		return "content and checksum were read back as written";
	}

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			// every Java platform must support it, see MessageDigest
			throw new IllegalStateException(ex);
		}
	}

	private String clock() throws IOException {
		Instant before = this.clock.instant();
		Instant modified = stat(this.probes.create("clock", OLD)).modified();
		Instant after = this.clock.instant();
		if (modified.isBefore(before.minus(SKEW)) || modified.isAfter(after.plus(SKEW))) {
			throw new ProbeFailure(
					"a file that was just written has the time " + modified + ", but the clock says " + after);
		}
		return "the time of a new file matches the clock of this machine";
	}

	private void caseSensitivity() {
		this.findings.attempt(FindingCode.CASE_SENSITIVITY, "", () -> {
			this.probes.create("case", OLD);
			boolean same = this.files.kind(this.probes.name("CASE")) != null;
			return same ? "names that differ only in case are the same file"
					: "names that differ only in case are different files";
		});
	}

}
