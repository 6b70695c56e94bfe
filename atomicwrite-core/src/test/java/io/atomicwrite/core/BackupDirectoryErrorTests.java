package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A backup directory that is full is another filesystem than that of the target.
 */
class BackupDirectoryErrorTests {

	@TempDir
	private Path directory;

	@Test
	void theBackupDirectoryIsNamedWhereItIsFull() throws IOException {
		Path data = Files.createDirectory(this.directory.toRealPath().resolve("data"));
		Path backups = Files.createDirectory(this.directory.toRealPath().resolve("backups"));
		Path target = data.resolve("a");
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		BackupPolicy policy = BackupPolicy.single().with((changes) -> changes.directory(backups).mode(0600));
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(files)
			.defaults(WriteOptions.engineDefaults().with((changes) -> changes.backup(policy)))
			.build()) {
			template.writeString(target, "old");
			files.fail((call) -> call.op() == Op.WRITE && call.path().startsWith(backups), 1,
					new IOException("No space left on device"));
			assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> template.writeString(target, "new"))
				.withMessageContaining("No space left on device")
				.withMessageContaining(backups.toString())
				.withMessageContaining("not beside the target")
				.satisfies((ex) -> {
					assertThat(ex.problem().error()).contains(IoErrorKind.NO_SPACE);
					assertThat(ex.problem().remedy()).isEqualTo(Remedy.FREE_SPACE);
					assertThat(ex.problem().obstacle()).get().asString().startsWith(backups.toString());
				});
			assertThat(target).hasContent("old");
		}
	}

}
