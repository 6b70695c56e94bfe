package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.SidecarText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Recovery after a crash: what it finds, and what it does.
 */
class RecoveryTests {

	private static final String STAGING = ".config.json.00000000000000ff.tmp";

	private static final String ASIDE = ".config.json.00000000000000ff.aside";

	private static final WriteOptions SIDECAR = WriteOptions.engineDefaults()
		.toBuilder()
		.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
		.build();

	private final LockRegistry locks = LockRegistry.file();

	private final Recovery recovery = new Recovery(FileOps.system(), this.locks, InstantSource.system(),
			Duration.ofMillis(20));

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().locks(this.locks).build();

	@TempDir
	private Path temp;

	private Path directory;

	private Path target;

	@BeforeEach
	void names() throws Exception {
		this.directory = this.temp.toRealPath();
		this.target = this.directory.resolve("config.json");
	}

	@AfterEach
	void close() {
		this.template.close();
		this.locks.close();
	}

	@Test
	void sidecarThatIsSettledKeepsItsModeAndLeavesNothingBesideIt() throws Exception {
		this.template.writeString(this.target, "old", SIDECAR);
		announce("new", "old");
		Path sidecar = this.directory.resolve("config.json.sha256");
		Files.setPosixFilePermissions(sidecar, PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThat(recover(Decision.DISCARD).steps()).extracting(Step::action).containsExactly(Action.SETTLED);
		assertThat(sidecar).hasContent(SidecarText.of("config.json", checksum("old"), null));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sidecar))).isEqualTo("rw-rw-rw-");
		assertThat(content()).containsExactlyInAnyOrder("config.json", "config.json.sha256");
	}

	@ParameterizedTest
	@EnumSource(names = { "DISCARD", "FINISH" })
	void orphanBesideItsTargetIsDiscarded(Decision decision) throws Exception {
		this.template.writeString(this.target, "old", SIDECAR);
		orphan(STAGING, "half");
		orphan(".config.json.sha256.00000000000000ff.tmp", "half of a sidecar");
		RecoveryReport report = recover(decision);
		assertThat(report.steps()).extracting(Step::action).containsExactly(Action.DISCARDED, Action.DISCARDED);
		assertThat(this.target).hasContent("old");
		assertThat(content()).containsExactlyInAnyOrder("config.json", "config.json.sha256");
	}

	/**
	 * Whether locks prove anything is looked up once, and settling a sidecar needs no
	 * more.
	 */
	@Test
	void settlingSidecarsSurveysTheFilesystemNoSecondTime() throws Exception {
		AtomicInteger surveys = new AtomicInteger();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public Mount mount(Path canonical) {
				return new Mount(Path.of("/"), "ext4", "pretended", "8:1", List.of());
			}

			@Override
			public Path canonical(Path path) throws IOException {
				if (path.startsWith("/sys/dev/block")) {
					surveys.incrementAndGet();
					throw new NoSuchFileException(path.toString());
				}
				return super.canonical(path);
			}

		};
		for (String name : List.of("a", "b", "c")) {
			Files.writeString(this.directory.resolve(name), "old");
			Files.writeString(this.directory.resolve(name + ".sha256"),
					SidecarText.of(name, checksum("new"), checksum("old")));
		}
		RecoveryReport report = new Recovery(files, this.locks, InstantSource.system(), Duration.ZERO)
			.recover(this.directory, RecoveryOptions.defaults());
		assertThat(report.steps()).extracting(Step::action).hasSize(3).containsOnly(Action.SETTLED);
		assertThat(surveys).hasValue(1);
	}

	@Test
	void aCompleteStagingFileBecomesTheMissingTarget() throws Exception {
		orphan(STAGING, "new");
		announce("new", null);
		assertThat(recover(Decision.FINISH).steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.target, Action.FINISHED));
		assertThat(this.template.readVerified(this.target)).asString().isEqualTo("new");
		assertThat(content()).containsExactlyInAnyOrder("config.json", "config.json.sha256");
	}

	@Test
	void attributeShowsThatItIsCompleteToo() throws Exception {
		Path staging = orphan(STAGING, "new");
		Files.setAttribute(staging, "user:atomicwrite.sha256",
				checksum("new").hex().getBytes(StandardCharsets.US_ASCII));
		age(staging);
		recover(Decision.FINISH);
		assertThat(this.template.readVerified(this.target)).asString().isEqualTo("new");
	}

	@Test
	void aStagingFileThatMayBeIncompleteIsKeptAsEvidence() throws Exception {
		orphan(STAGING, "ne");
		announce("new", null);
		RecoveryReport report = recover(Decision.FINISH);
		assertThat(report.steps()).extracting(Step::action)
			.containsExactlyInAnyOrder(Action.SET_ASIDE, Action.DOUBTFUL);
		assertThat(this.directory.resolve(ASIDE)).hasContent("ne");
		assertThat(this.target).doesNotExist();
	}

	@Test
	void evidenceIsKeptOnRequest() throws Exception {
		this.template.writeString(this.target, "old");
		orphan(STAGING, "half");
		recover(Decision.SET_ASIDE);
		assertThat(content()).containsExactlyInAnyOrder("config.json", ASIDE);
	}

	@Test
	void firstWriteThatDidNotHappenLeavesNothing() throws Exception {
		orphan(STAGING, "new");
		announce("new", null);
		assertThat(recover(Decision.DISCARD).steps()).extracting(Step::action)
			.containsExactly(Action.DISCARDED, Action.DISCARDED);
		assertThat(content()).isEmpty();
	}

	@Test
	void sidecarOfAWriteThatDidNotHappenSaysWhatIsThere() throws Exception {
		this.template.writeString(this.target, "old", SIDECAR);
		announce("new", "old");
		assertThat(recover(Decision.DISCARD).steps()).extracting(Step::action).containsExactly(Action.SETTLED);
		Shell.run("sh", "-c", "cd '" + this.directory + "' && sha256sum --strict -c config.json.sha256");
		assertThat(recover(Decision.DISCARD).steps()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".backup", ".bak" })
	void sidecarOfABackupThatNeverCameToBeGoesWhileItsContentIsInPlace(String suffix) throws Exception {
		this.template.writeString(this.target, "old");
		Path sidecar = this.directory.resolve("config.json" + suffix + ".sha256");
		RecoveryOptions options = RecoveryOptions.defaults().with((changes) -> changes.backupSuffix(suffix));
		for (String content : List.of("lost", "old")) {
			Files.writeString(sidecar, SidecarText.of("config.json" + suffix, checksum(content), null));
			boolean needed = content.equals("lost");
			assertThat(this.recovery.recover(this.directory, options).steps()).extracting(Step::action)
				.containsExactly(needed ? Action.DOUBTFUL : Action.DISCARDED);
			assertThat(Files.exists(sidecar)).isEqualTo(needed);
		}
	}

	@Test
	void sidecarOfABackupStaysWhileItsTargetIsBeingWritten() throws Exception {
		this.template.writeString(this.target, "old");
		Path sidecar = this.directory.resolve("config.json.backup.sha256");
		Files.writeString(sidecar, SidecarText.of("config.json.backup", checksum("old"), null));
		try (ForkedJvm writer = ForkedJvm.start(WriterPeer.class, this.target.toString())) {
			assertThat(writer.ask("open")).isEqualTo("done");
			assertThat(recover(Decision.DISCARD).steps()).isEmpty();
		}
		assertThat(sidecar).exists();
	}

	@Test
	void directoriesBelowAreRecoveredOnRequest() throws Exception {
		Path below = Files.createDirectory(this.directory.resolve("below"));
		age(Files.writeString(below.resolve(STAGING), "half"));
		Path sidecar = below.resolve("a.sha256");
		Files.writeString(sidecar, SidecarText.of("a", checksum("new"), checksum("old")));
		Files.writeString(below.resolve("a"), "old");
		assertThat(recover(Decision.DISCARD).steps()).isEmpty();
		RecoveryOptions recursive = RecoveryOptions.defaults().with((changes) -> changes.recursive(true));
		assertThat(this.recovery.recover(this.directory, recursive.with((changes) -> changes.sidecars(false))).steps())
			.extracting(Step::action)
			.containsExactly(Action.DISCARDED);
		assertThat(this.recovery.recover(this.directory, recursive).steps()).extracting(Step::action)
			.containsExactly(Action.SETTLED);
		assertThat(DirectoryContent.of(below)).containsExactlyInAnyOrder("a", "a.sha256");
	}

	@Test
	void damageIsReportedAndLeftAsItIs() throws Exception {
		this.template.writeString(this.target, "old", SIDECAR);
		Files.writeString(this.target, "damaged");
		List<String> before = content();
		RecoveryReport report = recover(Decision.FINISH);
		assertThat(report.steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.target, Action.DOUBTFUL));
		assertThat(this.target).hasContent("damaged");
		assertThat(content()).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource
	void dryRunSaysTheSameAndChangesNothing(Decision decision) throws Exception {
		orphan(STAGING, "new");
		announce("new", null);
		Path other = this.directory.resolve("other");
		this.template.writeString(other, "old", SIDECAR);
		orphan(".other.00000000000000aa.tmp", "half");
		orphan(STAGING.replace("0.tmp", "1.tmp").replace("f.tmp", "0.tmp"), "new");
		List<String> before = content();
		RecoveryOptions options = RecoveryOptions.defaults().with((changes) -> changes.decision(decision));
		RecoveryReport dry = this.recovery.recover(this.directory, options.with((changes) -> changes.dryRun(true)));
		assertThat(content()).isEqualTo(before);
		assertThat(dry.dryRun()).isTrue();
		RecoveryReport real = this.recovery.recover(this.directory, options);
		assertThat(real.steps()).containsExactlyInAnyOrderElementsOf(dry.steps());
	}

	@Test
	void writersThatLiveAreNotDisturbed() throws Exception {
		WriteOptions unlocked = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build();
		Path other = this.directory.resolve("other");
		try (StagedWrite one = this.template.open(this.target); StagedWrite two = this.template.open(other, unlocked)) {
			one.output().write(1);
			two.output().write(2);
			for (String name : content()) {
				// another process: to set a time from here would drop the lock that is
				// looked for
				Shell.run("touch", "-d", "1 hour ago", this.directory.resolve(name).toString());
			}
			RecoveryReport report = recover(Decision.DISCARD);
			assertThat(report.steps()).isEmpty();
			assertThat(report.alive()).isEqualTo(2);
			one.commit();
			two.commit();
		}
		assertThat(this.target).hasBinaryContent(new byte[] { 1 });
		assertThat(other).hasBinaryContent(new byte[] { 2 });
	}

	@Test
	void whereLocksProveNothingStagingFilesStay() throws Exception {
		orphan(STAGING, "half");
		FileOps share = new PretendedMount(FileOps.system(), "fuse.sshfs");
		RecoveryOptions options = RecoveryOptions.defaults();
		try (LockRegistry within = LockRegistry.inProcess();
				LockRegistry elsewhere = LockRegistry.fileBuilder()
					.lockFile(this.directory.resolveSibling("elsewhere.lock"))
					.build()) {
			for (Recovery careful : List.of(
					new Recovery(FileOps.system(), elsewhere, InstantSource.system(), Duration.ofMillis(20)),
					new Recovery(share, this.locks, InstantSource.system(), Duration.ofMillis(20)),
					new Recovery(FileOps.system(), within, InstantSource.system(), Duration.ofMillis(20)))) {
				assertThat(careful.recover(this.directory, options).steps()).isEmpty();
			}
		}
		assertThat(content()).containsExactly(STAGING);
	}

	@Test
	void youngOnesAreLeftAlone() throws Exception {
		Files.writeString(this.directory.resolve(STAGING), "half");
		RecoveryReport report = recover(Decision.DISCARD);
		assertThat(report.steps()).isEmpty();
		assertThat(report.young()).isOne();
		RecoveryOptions dry = RecoveryOptions.defaults().with((changes) -> changes.dryRun(true));
		assertThat(this.recovery.recover(this.directory, dry).young()).isOne();
		assertThat(content()).containsExactly(STAGING);
	}

	/** Its age is not what keeps it. */
	@Test
	void youngOnesInUseAreNotCounted() throws Exception {
		WriteOptions unlocked = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build();
		Path other = this.directory.resolve("other");
		try (StagedWrite one = this.template.open(this.target); StagedWrite two = this.template.open(other, unlocked)) {
			RecoveryReport report = recover(Decision.DISCARD);
			assertThat(report.young()).isZero();
			one.discard();
			two.discard();
		}
	}

	@Test
	void directoryThatIsMissingIsAFailureInTheReport() {
		assertThat(this.recovery.recover(this.directory.resolve("nowhere"), RecoveryOptions.defaults()).failures())
			.hasSize(1);
	}

	private RecoveryReport recover(Decision decision) {
		RecoveryReport report = this.recovery.recover(this.directory,
				RecoveryOptions.defaults().with((changes) -> changes.decision(decision)));
		assertThat(report.failures()).isEmpty();
		assertThat(report.skipped()).isFalse();
		return report;
	}

	private List<String> content() {
		return DirectoryContent.of(this.directory);
	}

	private Path orphan(String name, String content) throws Exception {
		return age(Files.writeString(this.directory.resolve(name), content));
	}

	private static Path age(Path file) throws Exception {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
	}

	private void announce(String current, @Nullable String previous) throws Exception {
		Files.writeString(this.directory.resolve("config.json.sha256"),
				SidecarText.of("config.json", checksum(current), (previous != null) ? checksum(previous) : null));
	}

	private static Checksum checksum(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes(StandardCharsets.UTF_8));
	}

}
