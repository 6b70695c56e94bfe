package io.atomicwrite.rules;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nothing is written, locked or read outside of the base directory, whatever is done,
 * whatever leads out, and whatever is done with links.
 */
class ConfinementRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path base;

	private Path outside;

	@BeforeEach
	void createDirectories() throws Exception {
		Path root = this.temporary.toRealPath();
		this.base = Files.createDirectory(root.resolve("base"));
		// begins with the same letters, and is another directory all the same
		this.outside = Files.createDirectory(root.resolve("base2"));
		Files.createDirectory(this.base.resolve("sub"));
	}

	static Stream<Arguments> changesLinksAndExits() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Arrays.stream(SymlinkPolicy.values())
				.flatMap((links) -> Arrays.stream(Exit.values()).map((exit) -> Arguments.of(change, links, exit))));
	}

	@ParameterizedTest
	@MethodSource("changesLinksAndExits")
	void nothingIsDoneOutside(Change change, SymlinkPolicy links, Exit exit) throws Exception {
		change.prepare(this.base);
		Path name = exit.create(this.base, this.outside);
		Map<String, String> before = Snapshot.of(this.temporary);
		RecordingFileOps files = new RecordingFileOps(FILES);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = template(files, locks, links)) {
			assertThatExceptionOfType(TargetRejectedException.class)
				.isThrownBy(() -> change.run(template, name, this.base))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		}
		assertThat(files.calls()).filteredOn((call) -> call.op().changing())
			.noneMatch((call) -> leavesBase(call.path()));
		assertThat(Snapshot.of(this.temporary)).isEqualTo(before);
	}

	private boolean leavesBase(Path path) {
		return !path.startsWith(this.base);
	}

	@ParameterizedTest
	@EnumSource(Exit.class)
	void nothingIsReadOutside(Exit exit) throws Exception {
		Path name = exit.create(this.base, this.outside);
		RecordingFileOps files = new RecordingFileOps(FILES);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = template(files, locks, SymlinkPolicy.FOLLOW)) {
			for (Runnable read : List.<Runnable>of(() -> template.read(name), () -> template.readString(name),
					() -> template.version(name), () -> template.readValue(name, Integer.class),
					() -> template.readVersioned(name, Integer.class), () -> template.readVerified(name),
					() -> template.readVerifiedOrBackup(name), () -> template.generations(name),
					() -> template.verify(name), () -> template.checksumInfo(name),
					() -> template.checksum(name, ChecksumAlgorithm.SHA_256))) {
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(read::run)
					.isInstanceOfAny(AtomicWriteException.class, UncheckedIOException.class);
			}
		}
		assertThat(files.calls())
			.filteredOn((call) -> call.op() == FileCall.Op.OPEN_READ || call.op() == FileCall.Op.LIST)
			.noneMatch((call) -> leavesBase(call.path()) || call.path().equals(name));
	}

	@ParameterizedTest
	@EnumSource(value = Change.class, names = { "MOVE", "MOVE_NEW" })
	void whatIsMovedIsInsideToo(Change change) throws Exception {
		for (Exit exit : Exit.values()) {
			Path name = exit.create(this.base, this.outside);
			Map<String, String> before = Snapshot.of(this.temporary);
			try (AtomicFileTemplate template = template(FILES, LockRegistry.file(), SymlinkPolicy.FOLLOW)) {
				Path target = Path.of("moved");
				assertThatExceptionOfType(TargetRejectedException.class).as(exit.name())
					.isThrownBy(() -> template.move(name, target));
			}
			assertThat(Snapshot.of(this.temporary)).as(exit.name()).isEqualTo(before);
			for (String created : List.of("exit.json", "chain.json")) {
				Files.deleteIfExists(this.base.resolve(created));
			}
		}
	}

	/** It would leave the file and take the link, whose place decides where it leads. */
	@ParameterizedTest
	@EnumSource(SymlinkPolicy.class)
	void linkIsNotMoved(SymlinkPolicy links) throws Exception {
		Files.writeString(this.base.resolve("file"), Change.OLD);
		Files.createSymbolicLink(this.base.resolve(Change.SOURCE), Path.of("file"));
		Map<String, String> before = Snapshot.of(this.temporary);
		try (LockRegistry locks = LockRegistry.file(); AtomicFileTemplate template = template(FILES, locks, links)) {
			for (Change change : List.of(Change.MOVE, Change.MOVE_NEW)) {
				assertThatExceptionOfType(TargetRejectedException.class)
					.isThrownBy(() -> change.run(template, this.base.resolve(Change.TARGET), this.base));
			}
		}
		assertThat(Snapshot.of(this.temporary)).isEqualTo(before);
	}

	static Stream<Arguments> changesAndLinks() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Arrays.stream(SymlinkPolicy.values()).map((links) -> Arguments.of(change, links)));
	}

	/** A link that stays inside is what the policy says. */
	@ParameterizedTest
	@MethodSource("changesAndLinks")
	void linkInsideIsDoneWithAsThePolicySays(Change change, SymlinkPolicy links) throws Exception {
		change.prepare(this.base);
		Path end = this.base.resolve("sub").resolve(Change.TARGET);
		if (!change.needsFreeName()) {
			Files.writeString(end, Change.OLD);
		}
		Path link = Files.createSymbolicLink(this.base.resolve(Change.TARGET), Path.of("sub", Change.TARGET));
		boolean followed = links == SymlinkPolicy.FOLLOW && change != Change.DELETE;
		boolean replaced = links == SymlinkPolicy.REPLACE && !change.needsFreeName();
		Map<String, String> before = Snapshot.of(this.temporary);
		try (LockRegistry locks = LockRegistry.file(); AtomicFileTemplate template = template(FILES, locks, links)) {
			if (followed || replaced) {
				change.run(template, Path.of(Change.TARGET), this.base);
			}
			else {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> change.run(template, Path.of(Change.TARGET), this.base));
				assertThat(Snapshot.of(this.temporary)).isEqualTo(before);
				return;
			}
		}
		String expected = change.result(change.needsFreeName() ? null : Change.OLD);
		assertThat(Files.isSymbolicLink(link)).as("still a link").isEqualTo(followed);
		assertThat(followed ? end : link).satisfies((path) -> {
			if (expected != null) {
				assertThat(path).hasContent(expected);
			}
			else {
				assertThat(path).doesNotExist();
			}
		});
		if (replaced) {
			assertThat(end).hasContent(Change.OLD);
		}
		assertThat(Snapshot.of(this.temporary).keySet()).noneMatch((name) -> name.endsWith(".lock"));
	}

	private AtomicFileTemplate template(FileOps files, LockRegistry locks, SymlinkPolicy links) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(locks)
			.baseDirectory(this.base)
			.defaults(WriteOptions.engineDefaults().toBuilder().symlinks(links).build())
			.build();
	}

	/**
	 * A way out.
	 */
	enum Exit {

		/** A link to a file. */
		LINK,

		/** A link to where no file is. */
		DANGLING,

		/** A link to a link, which leads out. */
		CHAIN,

		/** A link to a directory on the way. */
		DIRECTORY,

		/** Up and down again. */
		DOTS,

		/** A path that never was inside. */
		ABSOLUTE;

		/** Creates it, and returns a path through it. */
		Path create(Path base, Path outside) throws Exception {
			Path file = outside.resolve(Change.TARGET);
			Files.writeString(file, Change.OLD);
			Path exit = base.resolve("exit.json");
			return switch (this) {
				case LINK -> Files.createSymbolicLink(exit, file);
				case DANGLING -> Files.createSymbolicLink(exit, outside.resolve("none"));
				case CHAIN -> {
					Files.createSymbolicLink(exit, file);
					yield Files.createSymbolicLink(base.resolve("chain.json"), exit);
				}
				case DIRECTORY -> Files.createSymbolicLink(exit, outside).resolve(Change.TARGET);
				case DOTS -> base.resolve("../base2").resolve(Change.TARGET);
				case ABSOLUTE -> file;
			};
		}

	}

}
