package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.WriteFaults;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A filesystem that has given up may say of a sync that it succeeded. What it says next
 * tells.
 */
class DeadFilesystemTests {

	@TempDir
	private Path directory;

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final List<String> leftOver = new ArrayList<>();

	private final LockRegistry locks = LockRegistry.fileBuilder().files(this.files).listener(new LockListener() {

		@Override
		public void leftOver(Path target, IOException cause) {
			DeadFilesystemTests.this.leftOver.add(target.getFileName() + ": " + cause.getMessage());
		}

	}).build();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.build();

	@ParameterizedTest
	@CsvSource({ "xfs, false", "btrfs, false", "xfs, true", "btrfs, true", "ext4, true", "ext4, false", "ntfs, false" })
	void syncThatIsFollowedByAnErrorIsNotBelieved(String type, boolean locked) {
		check().syncThatIsFollowedByAnErrorIsNotBelieved(type, locked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Read-only file system", "Input/output error" })
	void syncIsNotBelievedWhereTheLockFileCanNotGo(String error) {
		check().syncIsNotBelievedWhereTheLockFileCanNotGo(error);
	}

	@ParameterizedTest
	@EnumSource(names = { "WARN", "BEST_EFFORT" })
	void policyDecidesWhoIsTold(SafetyPolicy policy) {
		failDeletion("Read-only file system");
		WriteResult result = this.template.writeString(this.directory.resolve("f"), "new",
				WriteOptions.engineDefaults().toBuilder().safety(policy).build());
		assertThat(result.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
		assertThat(result.warnings()).hasSize((policy == SafetyPolicy.WARN) ? 1 : 0);
	}

	@Test
	void lockFileThatStaysForAnotherReasonPutsNothingInDoubt() {
		failDeletion("Operation not permitted");
		WriteResult result = this.template.writeString(this.directory.resolve("f"), "new");
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(this.leftOver).hasSize(1);
		this.files.heal();
		this.template.writeString(this.directory.resolve("f"), "newer");
		assertThat(this.directory.toFile().list()).containsExactly("f");
	}

	private void failDeletion(String error) {
		this.files.fail((call) -> call.op() == Op.DELETE && call.toString().contains("f.lock"), 1,
				new FileSystemException("f.lock", null, error));
	}

	private WriteFaults check() {
		return new WriteFaults(this.directory, UnaryOperator.identity());
	}

}
