package io.atomicwrite.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A file that was edited by hand and counts from then on.
 */
class AcceptTests {

	private static final ChecksumPolicy SIDECAR = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	private static final String EDIT = "by hand";

	@TempDir
	private Path directory;

	private Path file;

	private Path sidecar;

	@BeforeEach
	void setUp() throws IOException {
		this.directory = this.directory.toRealPath();
		this.file = this.directory.resolve("a.txt");
		this.sidecar = this.directory.resolve("a.txt.sha256");
	}

	private static AtomicFileTemplate template(FileOps files, ChecksumPolicy checksum) {
		return AtomicFileTemplate.builder()
			.files(files)
			.defaults(WriteOptions.engineDefaults().with((changes) -> changes.checksum(checksum)))
			.build();
	}

	private static AtomicFileTemplate template(ChecksumPolicy checksum) {
		return template(FileOps.system(), checksum);
	}

	private void edit() throws IOException {
		Files.writeString(this.file, EDIT);
		Files.setLastModifiedTime(this.file, FileTime.from(Instant.parse("2026-02-03T04:05:06Z")));
	}

	@Test
	void theMessageOfAMismatchNamesTheWayToAcceptAnEdit() throws IOException {
		AtomicFileTemplate template = template(SIDECAR);
		template.writeString(this.file, "written");
		edit();
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(this.file))
			.withMessageContaining("perhaps edited by hand")
			.withMessageContaining("accept(file)")
			.withMessageContaining("atomic-write accept");
	}

	@Test
	void aSidecarIsRenewedAndContentAndMetadataStay() throws IOException {
		AtomicFileTemplate template = template(SIDECAR);
		template.writeString(this.file, "written");
		edit();
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-r-----"));
		Object key = Files.getAttribute(this.file, "unix:ino");
		WriteResult result = template.accept(this.file);
		assertThat(result.version()).contains(Version.of(EDIT.getBytes()));
		assertThat(result.size()).isEqualTo(EDIT.length());
		template.verify(this.file);
		assertThat(this.sidecar)
			.hasContent(Checksum.of(ChecksumAlgorithm.SHA_256, EDIT.getBytes()).hex() + "  a.txt\n");
		assertThat(this.file).hasContent(EDIT);
		assertThat(Files.getAttribute(this.file, "unix:ino")).isEqualTo(key);
		assertThat(Files.getLastModifiedTime(this.file).toInstant()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-r-----");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a.txt", "a.txt.sha256");
	}

	@Test
	void anAttributeIsRenewedWhateverTheOptionsAskFor() throws IOException {
		template(ChecksumPolicy.of(ChecksumPolicy.Mode.ATTRIBUTE, ChecksumAlgorithm.SHA_512)).writeString(this.file,
				"written");
		edit();
		AtomicFileTemplate template = template(ChecksumPolicy.none());
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(this.file));
		template.accept(this.file);
		assertThat(template.verify(this.file).current())
			.isEqualTo(Checksum.of(ChecksumAlgorithm.SHA_512, EDIT.getBytes()));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a.txt");
	}

	@Test
	void aManifestIsRenewed() throws IOException {
		AtomicFileTemplate template = template(SIDECAR);
		template.writeString(this.file, "written", (changes) -> changes.stamp(Stamp.empty()));
		edit();
		assertThat(template.manifest(this.file).map(Manifest::entry).orElseThrow()).isEmpty();
		template.accept(this.file);
		assertThat(template.manifest(this.file).flatMap(Manifest::entry).orElseThrow().size()).isEqualTo(EDIT.length());
	}

	@Test
	void onlyTheVersionThatWasLookedAtIsAccepted() throws IOException {
		AtomicFileTemplate template = template(SIDECAR);
		template.writeString(this.file, "written");
		edit();
		String before = Files.readString(this.sidecar);
		assertThatExceptionOfType(VersionConflictException.class).isThrownBy(
				() -> template.accept(this.file, (changes) -> changes.expectedVersion(Version.of("other".getBytes()))));
		assertThat(this.sidecar).hasContent(before);
		template.accept(this.file, (changes) -> changes.expectedVersion(Version.of(EDIT.getBytes())));
		template.verify(this.file);
	}

	@Test
	void anEditInTheMeantimeIsNotAccepted() throws IOException {
		template(SIDECAR).writeString(this.file, "written");
		edit();
		String before = Files.readString(this.sidecar);
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> {
			if (call.op() == Op.RENAME && this.sidecar.equals(call.other())) {
				write("meanwhile");
			}
			return false;
		}, 1, "never");
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> template(files, SIDECAR).accept(this.file))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(TargetRejectedException.Reason.CHANGED));
		assertThat(this.sidecar).hasContent(before);
		assertThat(this.file).hasContent("meanwhile");
	}

	private void write(String content) {
		try {
			Files.writeString(this.file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Or a crash could leave a checksum of a content that was never on the disk. */
	@Test
	void theContentIsSyncedBeforeAnythingAttestsIt() throws IOException {
		template(SIDECAR).writeString(this.file, "written");
		edit();
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		template(files, SIDECAR).accept(this.file);
		List<FileCall> calls = files.calls();
		int synced = index(calls, Op.SYNC, this.file);
		assertThat(synced).isNotNegative();
		int renamed = -1;
		for (int i = 0; i < calls.size(); i++) {
			renamed = (calls.get(i).op() == Op.RENAME) ? i : renamed;
		}
		assertThat(renamed).isGreaterThan(synced);
	}

	private static int index(List<FileCall> calls, Op op, Path path) {
		for (int i = 0; i < calls.size(); i++) {
			if (calls.get(i).op() == op && path.equals(calls.get(i).path())) {
				return i;
			}
		}
		return -1;
	}

	@Test
	void whereThereIsNothingToRenewOrNoFileItFails() throws IOException {
		AtomicFileTemplate template = template(ChecksumPolicy.none());
		template.writeString(this.file, "written");
		assertThatExceptionOfType(ChecksumMissingException.class).isThrownBy(() -> template.accept(this.file));
		assertThatExceptionOfType(TargetMissingException.class)
			.isThrownBy(() -> template.accept(this.directory.resolve("none")));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a.txt");
		template.accept(this.file, (changes) -> changes.checksum(SIDECAR));
		template.verify(this.file);
	}

}
