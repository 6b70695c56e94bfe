package io.atomicwrite.mounted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.Finding;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The doctor agrees with the matrix on every filesystem that can be mounted here, and the
 * overlap check tells mounts whose locks meet from mounts whose locks do not.
 */
@Mounts
@RequiresRoot
class DoctorOnMountsTests {

	private static final DoctorOptions PROBE = DoctorOptions.builder().probe(true).build();

	/** Probes of what a report with these levels promises: none of them may fail. */
	private static final Set<Code> OF_VISIBILITY = Set.of(Code.EXCLUSIVE_CREATE, Code.REPLACE, Code.REPLACE_OPEN_FILE,
			Code.READER_NEVER_MISSES);

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path temp;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatTheMatrixSaysIsWhatProbesFind(RealFilesystem filesystem) {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Path point = mounted.point();
			List<String> before = DirectoryContent.of(point);
			DoctorReport report = this.template.diagnose(point, PROBE);
			assertThat(DirectoryContent.of(point)).isEqualTo(before);
			if (filesystem.kind() == FilesystemClass.READ_ONLY) {
				assertThat(report.findings(Severity.ERROR)).extracting(Finding::code).contains(Code.DIRECTORY_WRITABLE);
				assertThat(severity(report, Code.REPLACE)).isEqualTo(Severity.UNKNOWN);
				return;
			}
			assertThat(report.ok()).as(report.summary()).isTrue();
			if (report.guarantees().level(Guarantee.ATOMIC_VISIBILITY) == GuaranteeLevel.GUARANTEED) {
				OF_VISIBILITY.forEach((code) -> assertThat(severity(report, code)).isEqualTo(Severity.OK));
			}
			if (report.guarantees().level(Guarantee.WRITER_EXCLUSION) == GuaranteeLevel.GUARANTEED) {
				assertThat(severity(report, Code.LOCK_SECOND_PROCESS)).isEqualTo(Severity.OK);
			}
			assertCapabilities(report);
		}
	}

	/** What the matrix says that can be done, can be done: no probe of it may fail. */
	private static void assertCapabilities(DoctorReport report) {
		assertThat(report.findings()).filteredOn((finding) -> finding.code() != Code.FREE_SPACE)
			.filteredOn((finding) -> finding.code() != Code.GUARANTEES)
			// one type stands for bindfs, which keeps modes, and ntfs-3g, which does not
			.filteredOn((finding) -> !report.guarantees().filesystem().type().equals("fuse")
					|| finding.code() != Code.FILE_MODE)
			.filteredOn((finding) -> !finding.message().contains("as expected on"))
			.as(report.summary())
			.noneMatch((finding) -> finding.severity() == Severity.WARNING);
	}

	private static Severity severity(DoctorReport report, Code code) {
		return report.findings(code).get(0).severity();
	}

	@ParameterizedTest
	@EnumSource(names = { "BINDFS", "SSHFS", "NTFS_3G" })
	void syncOfADirectoryThatMayDoNothingIsNotCalledOk(RealFilesystem filesystem) {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			assertThat(severity(this.template.diagnose(mounted.point(), PROBE), Code.DIRECTORY_SYNC))
				.isEqualTo(Severity.UNKNOWN);
		}
	}

	@Test
	void overlapCheckPassesOnTwoMountsWhoseLocksMeet() throws Exception {
		Path share = Files.createDirectory(this.temp.resolve("share"));
		Path one = Files.createDirectory(this.temp.resolve("one"));
		Path two = Files.createDirectory(this.temp.resolve("two"));
		try (Mounted first = Mounted.bind(share, one); Mounted second = Mounted.bind(share, two)) {
			assertThat(overlap(first.point(), second.point())).allMatch((verdict) -> verdict.startsWith("true"));
		}
		assertThat(DirectoryContent.of(share)).isEmpty();
	}

	/** Each mount keeps locks to itself: why the matrix says so of sshfs. */
	@Test
	void overlapCheckFindsOutTwoMountsWhoseLocksDoNotMeet() throws Exception {
		try (MountedFilesystem first = RealFilesystem.SSHFS.mount(this.temp); Mounted second = first.again("again")) {
			assertThat(overlap(first.point(), second.point())).allMatch((verdict) -> verdict.startsWith("false"));
		}
	}

	/** The JDK throws an {@link AssertionError} there. */
	@Test
	void lockFileThatAnotherHostHasDeletedIsAnInputOutputError() throws Exception {
		try (MountedFilesystem here = RealFilesystem.SSHFS.mount(this.temp); Mounted there = here.again("again")) {
			Path file = here.point().resolve("f.lock");
			try (LockFile open = FileOps.jdk().openLockFile(file, 0600, true)) {
				Files.delete(there.point().resolve("f.lock"));
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.notExists(file));
				assertThatIOException().isThrownBy(open::tryLock).withMessage("No such file or directory");
			}
		}
	}

	private static String[] overlap(Path first, Path second) {
		try (ForkedJvm one = OverlapPeer.start(first); ForkedJvm two = OverlapPeer.start(second)) {
			return Stream.of(one, two)
				.map((peer) -> CompletableFuture.supplyAsync(peer::answer))
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toArray(String[]::new);
		}
	}

}
