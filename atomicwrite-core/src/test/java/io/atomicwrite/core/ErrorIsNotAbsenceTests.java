package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A file that can't be looked at is not a file that is missing: whatever asks for one
 * fails with the error of the system, and with what helps against that error.
 */
class ErrorIsNotAbsenceTests {

	@TempDir
	private Path temp;

	private Path directory;

	private Path file;

	@BeforeEach
	void directory() throws IOException {
		this.directory = this.temp.toRealPath();
		this.file = this.directory.resolve("a.json");
	}

	static Stream<Look> looks() {
		return Stream.of(new Look("exists", AtomicFileTemplate::exists), new Look("read", AtomicFileTemplate::read),
				new Look("find", AtomicFileTemplate::find), new Look("findString", AtomicFileTemplate::findString),
				new Look("findValue", (template, path) -> template.findValue(path, List.class)),
				new Look("findVersioned", (template, path) -> template.findVersioned(path, List.class)),
				new Look("readValue with a default",
						(template, path) -> template.readValue(path, List.class, List.of())),
				new Look("openRead", AtomicFileTemplate::openRead), new Look("version", AtomicFileTemplate::version),
				new Look("verify", AtomicFileTemplate::verify),
				new Look("readVerified", AtomicFileTemplate::readVerified),
				new Look("readVerifiedOrBackup", AtomicFileTemplate::readVerifiedOrBackup),
				new Look("checksum", (template, path) -> template.checksum(path, ChecksumAlgorithm.SHA_256)),
				new Look("checksumInfo", AtomicFileTemplate::checksumInfo),
				new Look("generations", AtomicFileTemplate::generations),
				new Look("inspect", AtomicFileTemplate::inspect),
				new Look("diagnose", (template, path) -> template.diagnose(path, DoctorOptions.builder().build())),
				new Look("append", (template, path) -> template.append(path, new byte[1])),
				new Look("update", (template, path) -> template.update(path, List.class, (old) -> List.of())),
				new Look("delete", AtomicFileTemplate::delete), new Look("open", AtomicFileTemplate::open),
				new Look("write", (template, path) -> template.writeString(path, "x")),
				new Look("move from", (template, path) -> template.move(path, path.resolveSibling("b"))));
	}

	@ParameterizedTest
	@MethodSource("looks")
	void whoAsksForAFileOfADeadFilesystemGetsItsError(Look look) {
		for (Errno errno : Errno.values()) {
			AtomicFileTemplate template = AtomicFileTemplate.builder().files(new Failing(errno)).build();
			assertThatExceptionOfType(AtomicWriteException.class).as(look + " " + errno)
				.isThrownBy(() -> look.call.accept(template, this.file))
				.satisfies((ex) -> {
					assertThat(ex).isNotInstanceOf(TargetMissingException.class);
					assertThat(ex.problem().error()).contains(errno.kind);
					assertThat(ex).hasMessageContaining(errno.text);
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void housekeepingReportsIt(Errno errno) {
		FileOps files = new Failing(errno);
		LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
		SweepReport report = new Housekeeper(files, locks, InstantSource.system()).sweep(this.directory,
				SweepOptions.builder().build());
		assertThat(report.failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.reason()).contains(errno.text));
		assertThat(report.complete()).isFalse();
		assertThatThrownBy(() -> new DirectoryCensus(files, locks, ".backup").count(this.directory))
			.isInstanceOf(IOException.class)
			.hasMessageContaining((errno != Errno.EACCES) ? errno.text : this.directory.toString());
		assertThat(report.skipped()).isFalse();
	}

	@Test
	void aSidecarThatCanNotBeLookedAtIsNoMissingSidecar() throws IOException {
		Files.writeString(this.file, "content");
		Path sidecar = this.directory.resolve("a.json.sha256");
		// ELOOP stands for the errors that the sidecar alone has
		Files.createSymbolicLink(sidecar, sidecar);
		AtomicFileTemplate template = AtomicFileTemplate.create();
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> template.writeString(this.file, "new"))
			.satisfies((ex) -> assertThat(ex.problem().error()).contains(IoErrorKind.LINK_LOOP));
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> template.checksumInfo(this.file))
			.satisfies((ex) -> assertThat(ex.problem().error()).contains(IoErrorKind.LINK_LOOP));
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> template.readVerified(this.file))
			.satisfies((ex) -> assertThat(ex.problem().error()).contains(IoErrorKind.LINK_LOOP));
		assertThat(this.file).hasContent("content");
	}

	@Test
	void aDirectoryThatCanNotBeSearchedIsNamedAsSuch() {
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(new Failing(Errno.EACCES)).build();
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> template.find(this.file))
			.satisfies((ex) -> assertThat(ex.problem().remedy()).isEqualTo(Remedy.PERMIT_SEARCH));
	}

	@Test
	void aLockThatCanNotBeLookedAtIsNotFree() {
		for (Errno errno : Errno.values()) {
			Failing files = new Failing(errno);
			files.only = "a.json.lock";
			LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
			assertThat(locks.inspect(this.file).state()).as(errno.name()).isEqualTo(LockInfo.State.HELD);
		}
	}

	private record Look(String name, BiConsumer<AtomicFileTemplate, Path> call) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** The errors of a path that is there, but can't be looked at. */
	private enum Errno {

		ENOTCONN("Transport endpoint is not connected", IoErrorKind.UNREACHABLE),

		EHOSTDOWN("Host is down", IoErrorKind.UNREACHABLE),

		ESTALE("Stale file handle", IoErrorKind.STALE),

		EIO("Input/output error", IoErrorKind.INPUT_OUTPUT),

		EACCES("Permission denied", IoErrorKind.ACCESS_DENIED),

		ELOOP("Too many levels of symbolic links", IoErrorKind.LINK_LOOP);

		private final String text;

		private final IoErrorKind kind;

		Errno(String text, IoErrorKind kind) {
			this.text = text;
			this.kind = kind;
		}

	}

	/** Fails each call on a path of the directory, or on one name alone. */
	private final class Failing extends InterceptingFileOps {

		private final Errno errno;

		private @Nullable String only;

		Failing(Errno errno) {
			super(FileOps.system());
			this.errno = errno;
		}

		@Override
		public boolean exists(Path path) throws IOException {
			fail(path);
			return super.exists(path);
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			fail(call.path());
			return action.run();
		}

		private void fail(Path path) throws IOException {
			boolean meant = (this.only != null) ? path.endsWith(this.only)
					: path.startsWith(ErrorIsNotAbsenceTests.this.directory);
			if (meant) {
				throw (this.errno == Errno.EACCES) ? new AccessDeniedException(path.toString())
						: new FileSystemException(path.toString(), null, this.errno.text);
			}
		}

	}

}
