package io.atomicwrite.test.assertj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.ModePolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.atomicwrite.test.assertj.AtomicFileAssertions.assertThatFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each assertion passes for what a write leaves, and fails for what it must not leave.
 */
class AtomicFileAssertTests {

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void write() {
		this.file = this.directory.resolve("app.conf");
		try (AtomicFileTemplate files = AtomicFileTemplate.create()) {
			for (String text : new String[] { "old", "new" }) {
				files.writeString(this.file, text,
						(options) -> options.mode(ModePolicy.parse("0640"))
							.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
							.backup(BackupPolicy.single()));
			}
		}
	}

	private static void assertFailure(ThrowingCallable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining(message);
	}

	@Test
	void whatAWriteLeavesPasses() {
		assertThatFile(this.file).hasContent("new").hasMode("0640").hasValidChecksum().hasBackups(1).hasNoLeftovers();
		assertThatFile(this.directory).hasNoLeftovers();
	}

	@Test
	void anotherModeFails() {
		assertFailure(() -> assertThatFile(this.file).hasMode("0644"), "to have the mode 0644, but it has 0640");
		assertFailure(() -> assertThatFile(this.directory.resolve("none")).hasMode("0644"), "to exist");
	}

	@Test
	void aChangedByteAndAMissingChecksumFail() throws IOException {
		Files.writeString(this.file, "nev");
		assertFailure(() -> assertThatFile(this.file).hasValidChecksum(), "to have a checksum that it matches");
		Path plain = Files.writeString(this.directory.resolve("plain"), "text");
		assertFailure(() -> assertThatFile(plain).hasValidChecksum(), "to have a checksum that it matches");
	}

	@Test
	void anotherNumberOfBackupsFails() {
		assertFailure(() -> assertThatFile(this.file).hasBackups(0), "to have 0 backups, but found");
		assertFailure(() -> assertThatFile(this.file).hasBackups(2), "app.conf.backup");
		assertFailure(() -> assertThatFile(this.file).hasBackupsIn(Path.of("elsewhere"), 1), "to have 1 backups");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".app.conf.0123456789abcdef.tmp", "app.conf.lock", ".app.conf.lock" })
	void leftoversFail(String name) throws IOException {
		Files.writeString(this.directory.resolve(name), "");
		assertFailure(() -> atOnce(this.file).hasNoLeftovers(), name);
		assertFailure(() -> atOnce(this.directory).hasNoLeftovers(), name);
	}

	@Test
	void whatIsGoneSoonIsNoLeftover() throws Exception {
		Path staged = Files.writeString(this.directory.resolve(".app.conf.0123456789abcdef.tmp"), "");
		Thread writer = new Thread(() -> {
			LockSupport.parkNanos(300_000_000L);
			staged.toFile().delete();
		});
		writer.start();
		assertThatFile(this.directory).hasNoLeftovers();
		assertThat(staged).doesNotExist();
		writer.join();
	}

	@Test
	void leftoversOfOthersAreNoneOfTheFile() throws IOException {
		Path nested = Files.createDirectory(this.directory.resolve("nested"));
		Files.writeString(this.directory.resolve("other.lock"), "");
		Files.writeString(nested.resolve(".x.0123456789abcdef.tmp"), "");
		assertThatFile(this.file).hasNoLeftovers();
		assertFailure(() -> atOnce(nested).hasNoLeftovers(), ".x.0123456789abcdef.tmp");
		assertFailure(() -> atOnce(this.directory).hasNoLeftovers(), "nested");
	}

	/** Waits for no write. */
	private static AtomicFileAssert atOnce(Path path) {
		return new AtomicFileAssert(path, Duration.ZERO);
	}

}
