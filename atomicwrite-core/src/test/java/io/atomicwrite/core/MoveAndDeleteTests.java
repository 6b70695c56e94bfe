package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Durable moves and deletions.
 */
class MoveAndDeleteTests {

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.build();

	@TempDir
	private Path directory;

	private Path source;

	private Path target;

	@BeforeEach
	void paths() throws Exception {
		this.source = Files.writeString(this.directory.resolve("source"), "content");
		this.target = this.directory.resolve("sub/target");
	}

	@Test
	void movesAcrossDirectories() {
		WriteResult result = this.template.move(this.source, this.target);
		assertThat(this.target).hasContent("content");
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(result.size()).isEqualTo(7);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("sub", "sub/target");
	}

	@Test
	void moveReplacesOrRefuses() throws Exception {
		Path existing = Files.writeString(this.directory.resolve("existing"), "old");
		assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> this.template.move(this.source,
				existing, WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
		assertThat(existing).hasContent("old");
		this.template.move(this.source, this.directory.resolve("free"),
				WriteOptions.engineDefaults().toBuilder().overwrite(false).build());
		this.template.move(this.directory.resolve("free"), existing);
		assertThat(existing).hasContent("content");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("existing");
	}

	@ParameterizedTest
	@EnumSource(SafetyPolicy.class)
	@RequiresRoot
	void moveToAnotherFilesystemIsRefusedWhateverThePolicy(SafetyPolicy safety) throws Exception {
		Path mounted = Files.createDirectory(this.directory.resolve("mounted"));
		try (Mounted mount = Mounted.tmpfs(mounted, "size=1m")) {
			assertThatExceptionOfType(CrossDeviceException.class)
				.isThrownBy(() -> this.template.move(this.source, mount.point().resolve("a/target"),
						WriteOptions.engineDefaults().toBuilder().safety(safety).build()))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			assertThat(mounted).isEmptyDirectory();
		}
		assertThat(this.source).hasContent("content");
	}

	@Test
	@RequiresRoot
	void lateCrossDeviceErrorIsToldToo() throws Exception {
		Path bound = Files.createDirectory(this.directory.resolve("bound"));
		Path other = Files.createDirectory(this.directory.resolve("other"));
		// one device, two mounts: only the rename itself can tell
		try (Mounted mount = Mounted.bind(other, bound)) {
			assertThatExceptionOfType(CrossDeviceException.class)
				.isThrownBy(() -> this.template.move(this.source, mount.point().resolve("target")));
		}
		assertThat(this.source).hasContent("content");
		assertThat(other).isEmptyDirectory();
	}

	@Test
	void moveOfNothingIsRefused() {
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.move(this.directory.resolve("none"), this.target));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("source");
	}

	@Test
	void failedMoveChangesNothing() {
		for (Op op : new Op[] { Op.CREATE_DIRECTORY, Op.OPEN_FOR_SYNC, Op.SYNC, Op.RENAME }) {
			this.files.fail((call) -> call.op() == op, 1, "Input/output error");
			assertThatExceptionOfType(WriteFailedException.class).as(op.name())
				.isThrownBy(() -> this.template.move(this.source, this.target));
			assertThat(DirectoryContent.of(this.directory)).as(op.name()).containsExactly("source");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "No space left on device", "Operation not permitted", "Input/output error",
			"Too many links", "Disk quota exceeded" })
	void failedLinkOfAFileWithTwoNamesIsAFailure(String error) throws Exception {
		Files.createLink(this.directory.resolve("second"), this.source);
		this.files.fail((call) -> call.op() == Op.LINK, 1, error);
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.move(this.source, this.target,
					WriteOptions.engineDefaults().toBuilder().overwrite(false).build()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("second", "source");
		assertThat(this.source).hasContent("content");
	}

	@Test
	void targetCreatedByAnotherMeanwhileIsNotTheMovedFile() throws Exception {
		Files.createLink(this.directory.resolve("second"), this.source);
		Path place = this.directory.resolve("place");
		HookedFileOps hooked = new HookedFileOps(FileOps.system());
		hooked.before((call) -> call.op() == Op.LINK, 1, () -> Files.writeString(place, "another's"));
		AtomicFileTemplate racing = AtomicFileTemplate.builder().files(hooked).locks(this.locks).build();
		assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> racing.move(this.source, place,
				WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
		assertThat(hooked.ran()).isTrue();
		assertThat(place).hasContent("another's");
		assertThat(this.source).hasContent("content");
	}

	@Test
	void linkThatWasDoneThoughItFailedIsDone() throws Exception {
		Files.createLink(this.directory.resolve("second"), this.source);
		this.files.afterwards().fail((call) -> call.op() == Op.LINK, 1, "Input/output error");
		WriteResult result = this.template.move(this.source, this.target,
				WriteOptions.engineDefaults().toBuilder().overwrite(false).build());
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(this.target).hasContent("content");
		assertThat(this.source).doesNotExist();
	}

	@Test
	void linkWhoseEffectCanNotBeLookedAtIsIndeterminate() throws Exception {
		this.files.persistently().fail((call) -> call.op() == Op.LINK || linked(call), 1, "Input/output error");
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.move(this.source, this.target,
					WriteOptions.engineDefaults().toBuilder().overwrite(false).build()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.INDETERMINATE));
		assertThat(this.source).hasContent("content");
	}

	private boolean linked(FileCall call) {
		return call.op() == Op.STAT && this.files.hit();
	}

	@Test
	void moveWhoseDirectorySyncFailsSaysSo() {
		this.files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 2, "Input/output error");
		assertThatExceptionOfType(DurabilityUnknownException.class)
			.isThrownBy(() -> this.template.move(this.source, this.target));
		assertThat(this.target).hasContent("content");
	}

	@Test
	void deletes() throws Exception {
		assertThat(this.template.delete(this.source).outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(this.template.delete(this.source).changed()).isFalse();
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
		assertThat(this.locks.held()).isEmpty();
	}

	@Test
	void linkIsDeletedOnlyOnRequest() throws Exception {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), this.source);
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> this.template.delete(link))
			.withMessageContaining("symbolic link");
		this.template.delete(link, WriteOptions.engineDefaults().toBuilder().symlinks(SymlinkPolicy.REPLACE).build());
		assertThat(Files.isSymbolicLink(link)).isFalse();
		assertThat(this.source).hasContent("content");
	}

	@Test
	void directoryIsNotDeleted() {
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> this.template.delete(this.directory));
	}

	@Test
	void deletionWhoseDirectorySyncFailsSaysSo() {
		this.files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
		assertThatExceptionOfType(DurabilityUnknownException.class).isThrownBy(() -> this.template.delete(this.source));
		assertThat(this.source).doesNotExist();
	}

}
