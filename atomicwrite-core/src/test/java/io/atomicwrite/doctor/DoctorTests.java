package io.atomicwrite.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.test.BusyCommonPool;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.TriedLockFile;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The findings of the doctor in directories that work, and in those with broken
 * operations.
 */
class DoctorTests {

	private static final DoctorOptions PROBE = DoctorOptions.builder().probe(true).build();

	@TempDir
	private Path directory;

	@Test
	void healthyDirectoryPassesEveryProbeAndKeepsNoFile() throws Exception {
		DoctorReport report = diagnose(new PretendedMount(FileOps.system(), "ext4"), PROBE);
		assertThat(report.ok()).as(report.summary()).isTrue();
		assertThat(report.findings(Code.NFS_CLIENT)).isEmpty();
		for (Code code : EnumSet.complementOf(EnumSet.of(Code.NFS_CLIENT))) {
			assertThat(report.findings(code)).as(code.id())
				.isNotEmpty()
				.allSatisfy((finding) -> assertThat(finding.message()).isNotBlank());
			if (code.needsProbe()) {
				assertThat(report.findings(code)).extracting(Finding::severity).containsOnly(Severity.OK);
			}
		}
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "web-1, '', INFO", "web-1, (null), INFO", "localhost, '', WARNING", "(none), '', WARNING",
			"localhost, 17f3, OK" })
	void clientOfNfsIsReportedByItsName(String hostName, String uniqueId, Severity severity) throws Exception {
		FileOps files = new ForwardingFileOps(FileOps.system()) {
			@Override
			public InputStream openRead(Path file) throws IOException {
				return switch (file.toString()) {
					case "/proc/sys/kernel/hostname" -> content(hostName);
					case "/sys/module/nfs/parameters/nfs4_unique_id" -> content(uniqueId);
					default -> super.openRead(file);
				};
			}

			private InputStream content(String text) {
				return new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
			}
		};
		DoctorReport report = diagnose(new PretendedMount(files, "nfs4"), DoctorOptions.look());
		assertThat(report.findings(Code.NFS_CLIENT)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(severity);
			if (severity != Severity.OK) {
				assertThat(finding.message()).contains("'" + hostName + "'");
				assertThat(finding.remedy()).contains("nfs4_unique_id");
			}
		});
		assertThat(diagnose(new PretendedMount(files, "nfs"), DoctorOptions.look()).findings(Code.NFS_CLIENT))
			.isEmpty();
	}

	@Test
	void needsNoThreadOfThePoolThatAllShare() {
		DoctorReport report = BusyCommonPool.call(() -> diagnose(new PretendedMount(FileOps.system(), "ext4"), PROBE));
		assertThat(report.ok()).as(report.summary()).isTrue();
	}

	@Test
	void withoutAProbeNothingIsChangedAndNothingIsGuessed() throws Exception {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		DoctorReport report = diagnose(files, DoctorOptions.look());
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
		assertThat(report.findings()).filteredOn((finding) -> finding.code().needsProbe())
			.hasSizeGreaterThan(10)
			.extracting(Finding::severity)
			.containsOnly(Severity.UNKNOWN);
		assertThat(report.findings(Code.DIRECTORY_WRITABLE)).extracting(Finding::severity).containsExactly(Severity.OK);
	}

	@ParameterizedTest
	@MethodSource("lies")
	void aBrokenOperationIsDetectedAndNothingIsLeft(Code code, Severity severity, FileOps broken) throws Exception {
		DoctorReport report = diagnose(new PretendedMount(broken, "ext4"), PROBE);
		assertThat(report.findings(code)).as(report.summary()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(severity);
			assertThat(finding.remedy()).isNotBlank();
		});
		assertThat(report.ok()).isEqualTo(severity != Severity.ERROR);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	static Stream<Arguments> lies() {
		return Stream.of(lie(Code.EXCLUSIVE_CREATE, Severity.ERROR, new BrokenOperations() {
			@Override
			public FileHandle createExclusive(Path file, int mode) throws IOException {
				Files.deleteIfExists(file);
				return super.createExclusive(file, mode);
			}
		}), lie(Code.FILE_MODE, Severity.WARNING, new BrokenOperations() {
			@Override
			public void setMode(Path file, int mode) {
			}
		}), lie(Code.REPLACE, Severity.ERROR, new BrokenOperations() {
			@Override
			public void rename(Path source, Path target) throws IOException {
				if (source.toString().endsWith(".staging")) {
					delete(source);
				}
				else {
					super.rename(source, target);
				}
			}
		}), lie(Code.REPLACE_OPEN_FILE, Severity.ERROR, new BrokenOperations() {
			@Override
			public void rename(Path source, Path target) throws IOException {
				if (source.toString().endsWith(".open-staging")) {
					Files.write(target, Files.readAllBytes(source));
				}
				else {
					super.rename(source, target);
				}
			}
		}), lie(Code.READER_NEVER_MISSES, Severity.ERROR, new BrokenOperations() {
			@Override
			public void rename(Path source, Path target) throws IOException {
				if (source.toString().endsWith(".reader-staging")) {
					delete(target);
					LockSupport.parkNanos(1_000_000);
				}
				super.rename(source, target);
			}
		}), lie(Code.NO_CLOBBER, Severity.WARNING, new BrokenOperations() {
			@Override
			public void linkNew(Path source, Path name) throws IOException {
				Files.deleteIfExists(name);
				super.linkNew(source, name);
			}
		}), lie(Code.LOCK_SECOND_PROCESS, Severity.ERROR, new BrokenOperations() {
			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				return new TriedLockFile(super.openLockFile(file, mode, create), () -> true);
			}
		}), lie(Code.LOCK_FILE_DELETION, Severity.WARNING, new BrokenOperations() {
			private final AtomicInteger refused = new AtomicInteger();

			@Override
			public void delete(Path path) throws IOException {
				if (path.toString().endsWith(".lock") && this.refused.getAndIncrement() == 0) {
					throw new AccessDeniedException(path.toString());
				}
				super.delete(path);
			}
		}), lie(Code.USER_ATTRIBUTES, Severity.WARNING, new BrokenOperations() {
			@Override
			public void setUserAttribute(Path file, String name, byte[] value) {
			}
		}), lie(Code.CHECKSUM_ROUND_TRIP, Severity.ERROR, new BrokenOperations() {
			@Override
			public InputStream openRead(Path file) throws IOException {
				byte[] content = Files.readAllBytes(file);
				if (file.toString().endsWith(".checksum")) {
					content[content.length / 2] ^= 1;
				}
				return new ByteArrayInputStream(content);
			}
		}), lie(Code.CLOCK, Severity.WARNING, new BrokenOperations() {
			@Override
			public @Nullable FileStat stat(Path path) throws IOException {
				FileStat stat = super.stat(path);
				return (stat != null)
						? new FileStat(stat.kind(), stat.size(), stat.mode(), stat.uid(), stat.gid(), stat.device(),
								stat.inode(), stat.links(), stat.modified().minus(Duration.ofHours(1)), stat.changed())
						: null;
			}
		}), lie(Code.FREE_SPACE, Severity.WARNING, new BrokenOperations() {
			@Override
			public DiskSpace space(Path path) {
				return new DiskSpace(4096, 1 << 20, OptionalLong.of(1_000_000));
			}
		}), lie(Code.FREE_INODES, Severity.WARNING, new BrokenOperations() {
			@Override
			public DiskSpace space(Path path) {
				return new DiskSpace(1L << 40, 1L << 41, OptionalLong.of(3));
			}
		}));
	}

	private static Arguments lie(Code code, Severity severity, FileOps broken) {
		return Arguments.of(code, severity, broken);
	}

	@ParameterizedTest
	@EnumSource(value = FileCall.Op.class, names = { "CREATE", "WRITE", "SYNC", "RENAME", "LINK", "SYNC_DIRECTORY",
			"SET_MODE", "SET_ATTRIBUTE", "OPEN_READ", "OPEN_LOCK" })
	void callThatFailsIsAFindingAndNothingIsLeft(FileCall.Op op) throws Exception {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.persistently();
		files.fail((call) -> call.op() == op && call.path().startsWith(this.directory), 1,
				new FileSystemException("file", null, "Input/output error"));
		DoctorReport report = diagnose(new PretendedMount(files, "ext4"), PROBE);
		assertThat(report.findings(Severity.WARNING)).as(report.summary())
			.isNotEmpty()
			.anySatisfy((finding) -> assertThat(finding.message()).contains("Input/output error"));
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void probeFileThatCanNotBeDeletedIsNamed() throws Exception {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == FileCall.Op.DELETE && call.path().toString().endsWith(".clock"), 1,
				new AccessDeniedException("file"));
		DoctorReport report = diagnose(new PretendedMount(files, "ext4"), PROBE);
		assertThat(report.findings(Code.PROBE_CLEANUP)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.ERROR);
			assertThat(finding.message()).contains(".atomicwrite-probe-");
		});
	}

	@Test
	void aMissingCapabilityThatTheMatrixListsIsNoError() throws Exception {
		FileOps files = new BrokenOperations() {
			@Override
			public void linkNew(Path source, Path name) throws IOException {
				throw new FileSystemException(name.toString(), null, "Operation not permitted");
			}
		};
		DoctorReport report = diagnose(new PretendedMount(files, "exfat"), PROBE);
		assertThat(report.findings(Code.NO_CLOBBER)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.message()).contains("exfat");
		});
		assertThat(report.findings(Code.DIRECTORY_SYNC)).extracting(Finding::severity)
			.containsExactly(Severity.UNKNOWN);
	}

	@Test
	void requiredLevelThatIsNotMetIsAnError() throws Exception {
		DoctorOptions options = DoctorOptions.builder()
			.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT)
			.build();
		FileOps files = new PretendedMount(FileOps.system(), "tmpfs");
		DoctorReport look = diagnose(files, DoctorOptions.look());
		assertThat(look.ok()).isTrue();
		assertThat(look.findings(Severity.WARNING)).filteredOn((finding) -> finding.code() == Code.GUARANTEES)
			.singleElement()
			.satisfies((finding) -> assertThat(finding.remedy()).contains("succeeds with a warning")
				.doesNotContain("fails"));
		DoctorReport report = diagnose(files, options);
		assertThat(report.ok()).isFalse();
		assertThat(report.findings(Severity.ERROR)).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(Code.GUARANTEES);
			assertThat(finding.message()).contains("CRASH_DURABILITY", "UNSUPPORTED", "must be BEST_EFFORT");
		});
	}

	@Test
	void directoryThatIsMissingIsAnErrorAndNothingIsTried() throws Exception {
		DoctorReport report = AtomicFileTemplate.create().diagnose(this.directory.resolve("a/b/file"), PROBE);
		assertThat(report.ok()).isFalse();
		assertThat(report.directory()).isEqualTo(this.directory.toRealPath());
		assertThat(report.findings(Severity.ERROR)).extracting(Finding::code).containsExactly(Code.DIRECTORY_EXISTS);
		assertThat(report.findings(Code.REPLACE)).extracting(Finding::severity).containsExactly(Severity.UNKNOWN);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void fileThatDoesNotExistYetIsJudgedByItsDirectory() {
		DoctorReport report = AtomicFileTemplate.create().diagnose(this.directory.resolve("file"));
		assertThat(report.findings(Code.DIRECTORY_EXISTS)).extracting(Finding::severity).containsExactly(Severity.OK);
	}

	@Test
	void pseudoFilesystemIsNeverProbed() throws Exception {
		RecordingFileOps files = new RecordingFileOps(new PretendedMount(FileOps.system(), "cgroup2"));
		DoctorReport report = diagnose(files, PROBE);
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
		assertThat(report.findings(Code.REPLACE)).extracting(Finding::severity).containsExactly(Severity.UNKNOWN);
	}

	@Test
	void secondProcessThatCanNotStartLeavesTheLockUnknown() throws Exception {
		String home = System.setProperty("java.home", this.directory.resolve("nowhere").toString());
		try {
			DoctorReport report = diagnose(new PretendedMount(FileOps.system(), "ext4"), PROBE);
			assertThat(report.findings(Code.LOCK_SECOND_PROCESS)).extracting(Finding::severity)
				.containsExactly(Severity.UNKNOWN);
			assertThat(report.findings(Code.LOCK_FILE_DELETION)).extracting(Finding::severity)
				.containsExactly(Severity.OK);
		}
		finally {
			System.setProperty("java.home", home);
		}
	}

	private DoctorReport diagnose(FileOps files, DoctorOptions options) throws IOException {
		return new Doctor(files, new GuaranteeInspector(files), new AtomicInteger(7)::getAndIncrement,
				InstantSource.system())
			.diagnose(this.directory, options);
	}

	/** Operations of which one is broken. */
	private abstract static class BrokenOperations extends ForwardingFileOps {

		BrokenOperations() {
			super(FileOps.system());
		}

		@Override
		public String toString() {
			return "broken";
		}

	}

}
