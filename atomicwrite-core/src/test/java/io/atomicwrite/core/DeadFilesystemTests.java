package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.FaultyFileOps;
import io.atomicwrite.test.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A filesystem that has given up may say of a sync that it succeeded. What it says next
 * tells.
 */
class DeadFilesystemTests {

	/** What a dead filesystem says yes to all the same. */
	private static final Set<Op> SILENT = EnumSet.of(Op.SYNC_DIRECTORY, Op.CLOSE, Op.CLOSE_DIRECTORY);

	@TempDir
	private Path directory;

	private final TypedMount mount = new TypedMount(FileOps.system());

	private final FaultyFileOps files = new FaultyFileOps(this.mount);

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
		this.mount.type = type;
		boolean[] synced = new boolean[1];
		this.files.fail((call) -> {
			synced[0] |= call.op() == Op.SYNC_DIRECTORY;
			return synced[0] && !SILENT.contains(call.op());
		}, 1, "Input/output error");
		this.files.persistently();
		assertThatDurabilityIsUnknown(locked ? LockRequest.waitForever() : LockRequest.none());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Read-only file system", "Input/output error" })
	void syncIsNotBelievedWhereTheLockFileCanNotGo(String error) {
		failDeletion(error);
		assertThatDurabilityIsUnknown(LockRequest.waitForever());
		assertThat(this.leftOver).singleElement().asString().startsWith("f: ").contains(error);
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

	private void assertThatDurabilityIsUnknown(LockRequest lock) {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().lock(lock).build();
		assertThatExceptionOfType(DurabilityUnknownException.class)
			.isThrownBy(() -> this.template.writeString(this.directory.resolve("f"), "new", options))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE));
		assertThat(this.directory.resolve("f")).hasContent("new");
		assertThat(this.locks.held()).isEmpty();
	}

	private static final class TypedMount extends ForwardingFileOps {

		private @Nullable String type;

		TypedMount(FileOps delegate) {
			super(delegate);
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			Mount real = super.mount(canonical);
			return (this.type != null) ? new Mount(real.point(), this.type, "pretended", List.of("rw")) : real;
		}

	}

}
