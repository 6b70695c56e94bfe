package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.doctor.Findings.ProbeFailure;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
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

	private final Directory directory;

	private final Findings findings;

	private final InstantSource clock;

	FileProbes(ProbeFiles probes, Findings findings, InstantSource clock) {
		this.probes = probes;
		this.directory = probes.directory();
		this.findings = findings;
		this.clock = clock;
	}

	private static byte[] content(char fill) {
		byte[] content = new byte[10_000];
		Arrays.fill(content, (byte) fill);
		return content;
	}

	void run() {
		this.findings.attempt(Code.EXCLUSIVE_CREATE, ELSEWHERE, this::exclusiveCreate);
		this.findings.attempt(Code.FILE_MODE,
				"do not rely on file modes here: restrict access to the parent directory instead", this::fileMode);
		this.findings.attempt(Code.FILE_SYNC, ELSEWHERE, this::fileSync);
		this.findings.attempt(Code.REPLACE, ELSEWHERE, this::replace);
		this.findings.attempt(Code.REPLACE_OPEN_FILE, ELSEWHERE, this::replaceOpenFile);
		directorySync();
		this.findings.attempt(Code.NO_CLOBBER, "do not use overwrite=false here", this::noClobber);
		this.findings.attempt(Code.USER_ATTRIBUTES, "store checksums in sidecars rather than in attributes",
				this::userAttributes);
		this.findings.attempt(Code.CHECKSUM_ROUND_TRIP, "check the disk and the memory of this machine",
				this::checksum);
		this.findings.attempt(Code.CLOCK,
				"synchronise the clocks of this machine and of the server: the age of a file depends on both",
				this::clock);
		caseSensitivity();
	}

	private String exclusiveCreate() throws IOException {
		String file = this.probes.create("exclusive", OLD);
		try (FileHandle second = this.directory.createExclusive(file, 0600)) {
			throw new ProbeFailure("an existing file was created again, so two writers could share it");
		}
		catch (FileAlreadyExistsException ex) {
			return "exclusive creation works: an existing file is refused";
		}
	}

	private String fileMode() throws IOException {
		String file = this.probes.create("mode", OLD);
		int created = mode(file);
		this.directory.setMode(file, 0640);
		int changed = mode(file);
		if (created != 0600 || changed != 0640) {
			throw new ProbeFailure("a file created with mode 0600 has mode 0" + Integer.toOctalString(created)
					+ ", and mode 0" + Integer.toOctalString(changed) + " after a change to 0640");
		}
		return "a file keeps the mode that was set";
	}

	private int mode(String file) throws IOException {
		return stat(file).mode();
	}

	private FileStat stat(String file) throws IOException {
		FileStat stat = this.directory.stat(file);
		if (stat == null) {
			throw new ProbeFailure("a file that was just created is missing");
		}
		return stat;
	}

	private String fileSync() throws IOException {
		try (FileHandle handle = this.directory.createExclusive(this.probes.name("sync"), 0600)) {
			handle.write(ByteBuffer.wrap(OLD));
			handle.sync();
		}
		return "a file can be synced; only a power cut can show whether that reaches the disk";
	}

	private String replace() throws IOException {
		String target = this.probes.create("target", OLD);
		this.directory.rename(this.probes.create("staging", NEW), this.directory, target);
		requireContent(target, NEW);
		return "a file can be renamed over another";
	}

	private String replaceOpenFile() throws IOException {
		String target = this.probes.create("open", OLD);
		try (InputStream reader = this.directory.openRead(target)) {
			byte[] first = reader.readNBytes(OLD.length / 2);
			this.directory.rename(this.probes.create("open-staging", NEW), this.directory, target);
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

	private void requireContent(String file, byte[] expected) throws IOException {
		if (!Arrays.equals(this.probes.read(file), expected)) {
			throw new ProbeFailure("after the rename the target does not have the new content");
		}
	}

	private void directorySync() {
		this.findings.attempt(Code.DIRECTORY_SYNC, ELSEWHERE, () -> {
			this.directory.syncEntries();
			return "a directory can be synced; only a power cut can show whether that reaches the disk";
		});
		if (!this.findings.isExpected(Code.DIRECTORY_SYNC)) {
			this.findings.replace(Code.DIRECTORY_SYNC, Severity.UNKNOWN,
					"syncing a directory may have no effect here; writes sync the file again instead");
		}
	}

	private String noClobber() throws IOException {
		String source = this.probes.create("link-source", NEW);
		String name = this.probes.name("link");
		this.directory.linkNew(source, this.directory, name);
		requireContent(name, NEW);
		try {
			this.directory.linkNew(this.probes.create("link-other", OLD), this.directory, name);
		}
		catch (FileAlreadyExistsException ex) {
			requireContent(name, NEW);
			return "a file can be linked to a new name, and an existing name is refused";
		}
		throw new ProbeFailure("linking a file to an existing name succeeded");
	}

	private String userAttributes() throws IOException {
		String file = this.probes.create("attributes", OLD);
		byte[] value = "probe".getBytes(StandardCharsets.US_ASCII);
		this.directory.setUserAttribute(file, "atomicwrite.probe", value);
		Map<String, byte[]> found = this.directory.userAttributes(file);
		if (!Arrays.equals(found.get("atomicwrite.probe"), value)) {
			throw new ProbeFailure("an extended attribute was set, but reading it back failed");
		}
		return "extended attributes of the user namespace work";
	}

	private String checksum() throws IOException {
		String file = this.probes.create("checksum", NEW);
		String sidecar = this.probes.create("checksum.sha256",
				(sha256(NEW) + "  " + file + "\n").getBytes(StandardCharsets.UTF_8));
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
		this.findings.attempt(Code.CASE_SENSITIVITY, "", () -> {
			this.probes.create("case", OLD);
			boolean same = this.directory.kind(this.probes.name("CASE")) != null;
			return same ? "names that differ only in case are the same file"
					: "names that differ only in case are different files";
		});
	}

}
