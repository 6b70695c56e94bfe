package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.DirectoryContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Backups, generations, restore, and the last content that is known to be good.
 */
class BackupTests {

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void names() throws Exception {
		this.target = this.directory.toRealPath().resolve("config.json");
	}

	@Test
	void nothingIsKeptWhereThereWasNothing() {
		WriteResult result = template(BackupPolicy.single()).writeString(this.target, "one");
		assertThat(result.backup()).isEmpty();
		assertThat(DirectoryContent.of(this.directory)).containsExactly("config.json");
	}

	@Test
	void lastContentIsKeptWithItsModeAtNoCost() throws Exception {
		AtomicFileTemplate template = template(BackupPolicy.single());
		template.writeString(this.target, "one");
		Files.setPosixFilePermissions(this.target, PosixFilePermissions.fromString("rw-r-----"));
		Object inode = Files.getAttribute(this.target, "unix:ino");
		for (String content : List.of("two", "three")) {
			WriteResult result = template.writeString(this.target, content);
			assertThat(result.backup()).contains(this.target.resolveSibling("config.json.backup"));
			assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("config.json",
					"config.json.backup");
			if (content.equals("two")) {
				assertThat(Files.getAttribute(result.backup().orElseThrow(), "unix:ino")).isEqualTo(inode);
			}
		}
		Path backup = this.target.resolveSibling("config.json.backup");
		assertThat(backup).hasContent("two");
		assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
	}

	@Test
	void twoInOneSecondBothSurviveAndOnlyTheNewestAreKept() throws Exception {
		Instant second = Instant.parse("2026-01-31T23:59:59.5Z");
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults()
				.toBuilder()
				.backup(BackupPolicy.generations().with((changes) -> changes.keep(3)))
				.build())
			.clock(() -> second)
			.build();
		for (int i = 0; i <= 6; i++) {
			template.writeString(this.target, "content " + i);
		}
		List<String> contents = new ArrayList<>();
		for (Backup backup : template.generations(this.target)) {
			contents.add(Files.readString(backup.path()));
			assertThat(backup.generation().made()).isEqualTo(second.truncatedTo(ChronoUnit.SECONDS));
		}
		assertThat(contents).containsExactly("content 5", "content 4", "content 3");
	}

	@Test
	void ownSuffixDirectoryAndModeArePossible() throws Exception {
		BackupPolicy policy = BackupPolicy.single()
			.with((changes) -> changes.suffix(".bak").directory(Path.of("old")).mode(0400));
		AtomicFileTemplate template = template(policy);
		template.writeString(this.target, "one");
		template.writeString(this.target, "two");
		Path backup = this.target.resolveSibling("old").resolve("config.json.bak");
		assertThat(backup).hasContent("one");
		assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("r--------"));
		assertThat(Files.getPosixFilePermissions(this.target)).isNotEqualTo(Files.getPosixFilePermissions(backup));
		assertThat(template.generations(this.target)).extracting(Backup::path).containsExactly(backup);
	}

	@Test
	void copyHasTheChecksumThatALinkWouldHave() throws Exception {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.backup(BackupPolicy.single().with((changes) -> changes.mode(0600)))
			.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))
			.build();
		AtomicFileTemplate template = AtomicFileTemplate.builder().defaults(options).build();
		template.writeString(this.target, "one");
		Files.setAttribute(this.target, "user:origin", ByteBuffer.wrap("here".getBytes()));
		template.writeString(this.target, "two");
		Path backup = template.generations(this.target).get(0).path();
		assertThat(template.readVerified(backup)).asString().isEqualTo("one");
		assertThat(Files.getAttribute(backup, "user:origin")).isEqualTo("here".getBytes());
	}

	@Test
	void copyDropsTheBitsThatWereMeantForTheOwner() throws Exception {
		AtomicFileTemplate template = template(
				BackupPolicy.single().with((changes) -> changes.directory(Path.of("old"))));
		template.writeString(this.target, "one");
		Files.setAttribute(this.target, "unix:mode", 06755);
		FileOps unlinkable = new ForwardingFileOps(FileOps.system()) {
			@Override
			public void linkNew(Path source, Path name) throws IOException {
				throw new FileSystemException(name.toString(), null, "Operation not supported");
			}
		};
		AtomicFileTemplate.builder()
			.files(unlinkable)
			.defaults(template.defaults())
			.build()
			.writeString(this.target, "two");
		Path backup = template.generations(this.target).get(0).path();
		assertThat((int) Files.getAttribute(backup, "unix:mode") & 07777).isEqualTo(0755);
	}

	@Test
	void directoryOfBackupsGoesAgainWhereTheWriteFails() throws Exception {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.backup(BackupPolicy.single().with((changes) -> changes.directory(Path.of("old"))))
			.build();
		AtomicFileTemplate.create().writeString(this.target, "one");
		FileOps noRename = new ForwardingFileOps(FileOps.system()) {
			@Override
			public void rename(Path source, Path to) throws IOException {
				if (to.equals(BackupTests.this.target)) {
					throw new FileSystemException(to.toString(), null, "Input/output error");
				}
				super.rename(source, to);
			}
		};
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(noRename).defaults(options).build();
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> template.writeString(this.target, "two"));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("config.json");
		assertThat(this.target).hasContent("one");
	}

	@Test
	void restorePutsAGenerationBackAndKeepsWhatItReplaces() throws Exception {
		AtomicFileTemplate template = template(BackupPolicy.single());
		template.writeString(this.target, "one");
		template.writeString(this.target, "two");
		template.restore(this.target, template.generations(this.target).get(0));
		assertThat(this.target).hasContent("one");
		// the one that is restored stays, whatever happens meanwhile
		assertThat(template.generations(this.target)).extracting((backup) -> Files.readString(backup.path()))
			.containsExactly("one", "two");
	}

	@Test
	void backupOfAVerifiedFileVerifies() throws Exception {
		for (BackupPolicy policy : List.of(BackupPolicy.single(), BackupPolicy.generations())) {
			AtomicFileTemplate template = sidecars(policy);
			for (String content : List.of("one", "two", "three")) {
				template.writeString(this.target, content);
			}
			for (Backup backup : template.generations(this.target)) {
				assertThat(template.verify(backup.path())).isNotNull();
			}
		}
	}

	@Test
	void damagedBackupIsNotRestored() throws Exception {
		AtomicFileTemplate template = sidecars(BackupPolicy.single());
		template.writeString(this.target, "one");
		template.writeString(this.target, "two");
		Backup backup = template.generations(this.target).get(0);
		Files.writeString(backup.path(), "damaged");
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> template.restore(this.target, backup));
		assertThat(this.target).hasContent("two");
	}

	@Test
	void backupOfDamagedContentDoesNotVerify() throws Exception {
		AtomicFileTemplate template = sidecars(BackupPolicy.single());
		template.writeString(this.target, "one");
		Files.writeString(this.target, "damaged");
		template.writeString(this.target, "two");
		Path backup = template.generations(this.target).get(0).path();
		assertThat(backup).hasContent("damaged");
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> template.verify(backup));
	}

	@Test
	void newestBackupThatVerifiesStandsInAndThatIsSaid() throws Exception {
		List<Path> told = new ArrayList<>();
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(options(BackupPolicy.generations()))
			.listener(new WriteListener() {
				@Override
				public void fellBack(Path file, Path backup) {
					told.add(backup);
				}

				@Override
				public void checksumFailed(Path file) {
					told.add(file);
				}
			})
			.build();
		for (int i = 1; i <= 4; i++) {
			template.writeValue(this.target, List.of(i));
		}
		assertThat(template.readValueOrBackup(this.target, List.class).fellBack()).isFalse();
		List<Backup> generations = template.generations(this.target);
		Files.writeString(this.target, "[9]");
		Files.writeString(generations.get(0).path(), "[8]");
		LastKnownGood<?> found = template.readValueOrBackup(this.target, List.class);
		assertThat(found.value()).isEqualTo(List.of(2));
		assertThat(found.source()).isEqualTo(generations.get(1).path());
		assertThat(found.reason()).containsInstanceOf(ChecksumMismatchException.class);
		assertThat(told).containsExactly(this.target, generations.get(0).path(), generations.get(1).path());
	}

	@Test
	void withoutAnyGoodBackupTheFaultOfTheFileIsThrown() throws Exception {
		AtomicFileTemplate template = sidecars(BackupPolicy.single());
		template.writeString(this.target, "one");
		Files.writeString(this.target, "damaged");
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> template.readVerifiedOrBackup(this.target))
			.satisfies((ex) -> assertThat(ex.target()).isEqualTo(this.target));
	}

	@Test
	void policyThatMakesNoSenseIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackupPolicy.single().with((changes) -> changes.suffix("")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackupPolicy.single().with((changes) -> changes.suffix("/x")));
		for (String taken : List.of(".lock", ".sha256", ".tmp")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> BackupPolicy.single().with((changes) -> changes.suffix(taken)));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackupPolicy.generations().with((changes) -> changes.keep(0)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackupPolicy.single().with((changes) -> changes.mode(010000)));
	}

	private static AtomicFileTemplate template(BackupPolicy policy) {
		return AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults().toBuilder().backup(policy).build())
			.build();
	}

	private static AtomicFileTemplate sidecars(BackupPolicy policy) {
		return AtomicFileTemplate.builder().defaults(options(policy)).build();
	}

	private static WriteOptions options(BackupPolicy policy) {
		return WriteOptions.engineDefaults()
			.toBuilder()
			.backup(policy)
			.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
			.build();
	}

}
