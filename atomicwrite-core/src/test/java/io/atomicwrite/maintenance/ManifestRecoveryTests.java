package io.atomicwrite.maintenance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.Manifest.Entry;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.UnsyncedFileOps;
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
 * What recovery and housekeeping do with manifests.
 */
class ManifestRecoveryTests {

	private static final FileOps FILES = new PretendedMount(new UnsyncedFileOps(), "ext4");

	private static final String STAGING = ".f.00000000000000ff.tmp";

	private final LockRegistry locks = LockRegistry.fileBuilder().files(FILES).build();

	private final Recovery recovery = new Recovery(FILES, this.locks, InstantSource.system(), Duration.ofMillis(20));

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().files(FILES).locks(this.locks).build();

	@TempDir
	private Path temp;

	private Path directory;

	private Path target;

	private Path manifest;

	@BeforeEach
	void names() throws Exception {
		this.directory = this.temp.toRealPath();
		this.target = this.directory.resolve("f");
		this.manifest = this.directory.resolve("f.manifest.json");
	}

	@AfterEach
	void close() {
		this.template.close();
		this.locks.close();
	}

	private RecoveryReport recover(Decision decision, boolean dryRun) {
		return this.recovery.recover(this.directory,
				RecoveryOptions.defaults().with((o) -> o.decision(decision).orphanAge(Duration.ZERO).dryRun(dryRun)));
	}

	private void write(String text) {
		this.template.writeString(this.target, text, (options) -> options.stamp(Stamp.ofRun(text)));
	}

	private Optional<String> run() {
		return this.template.manifest(this.target).flatMap(Manifest::entry).flatMap(Entry::run);
	}

	@Test
	void theManifestOfAWriteThatDidNotHappenNamesTheOldContentAlone() throws Exception {
		write("one");
		String before = Files.readString(this.manifest);
		write("two");
		Files.writeString(this.target, "one");
		assertThat(recover(Decision.DISCARD, true).steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.manifest, Action.SETTLED));
		assertThat(this.manifest).content().contains("two");
		assertThat(recover(Decision.DISCARD, false).steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.manifest, Action.SETTLED));
		assertThat(this.manifest).hasContent(before);
		assertThat(run()).contains("one");
		assertThat(recover(Decision.DISCARD, false).steps()).isEmpty();
	}

	@Test
	void aFileThatSomeoneElseReplacedIsNoDamage() throws Exception {
		write("one");
		Files.writeString(this.target, "foreign");
		assertThat(recover(Decision.DISCARD, false).steps()).isEmpty();
		assertThat(this.manifest).exists();
	}

	@Test
	void aManifestWithoutItsFileIsReportedAndKept() throws Exception {
		write("one");
		Files.delete(this.target);
		assertThat(recover(Decision.DISCARD, false).steps()).extracting(Step::file, Step::action, Step::reason)
			.containsExactly(tuple(this.manifest, Action.DOUBTFUL, "its file does not exist"));
		assertThat(this.manifest).exists();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theManifestOfAFileThatNeverCameToBeGoesWithItsStagingFile(boolean dryRun) throws Exception {
		write("one");
		Files.move(this.target, this.directory.resolve(STAGING));
		RecoveryReport report = recover(Decision.DISCARD, dryRun);
		assertThat(report.steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.manifest, Action.DISCARDED),
					tuple(this.directory.resolve(STAGING), Action.DISCARDED));
		assertThat(DirectoryContent.of(this.directory)).hasSize(dryRun ? 2 : 0);
	}

	@Test
	void aManifestShowsThatAStagingFileIsComplete() throws Exception {
		write("one");
		Files.move(this.target, this.directory.resolve(STAGING));
		assertThat(recover(Decision.FINISH, false).steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.target, Action.FINISHED));
		assertThat(run()).contains("one");
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("f", "f.manifest.json");
	}

	@Test
	void aHiddenManifestIsThatOfItsFile() throws Exception {
		try (AtomicFileTemplate hiding = AtomicFileTemplate.builder()
			.files(FILES)
			.locks(this.locks)
			.companions(CompanionNames.HIDDEN)
			.build()) {
			for (String text : new String[] { "one", "two" }) {
				hiding.writeString(this.target, text, (options) -> options.stamp(Stamp.ofRun(text)));
			}
		}
		Files.writeString(this.target, "one");
		assertThat(recover(Decision.DISCARD, false).steps()).extracting(Step::file, Step::action)
			.containsExactly(tuple(this.directory.resolve(".f.manifest.json"), Action.SETTLED));
		assertThat(run()).contains("one");
	}

	/** A program may have files of such names. */
	@ParameterizedTest
	@EnumSource(names = { "FINISH", "SET_ASIDE" })
	void aStagingFileThatOnlyHasTheNameOfAManifestIsEvidence(Decision decision) throws Exception {
		Files.writeString(this.directory.resolve(".app.manifest.json.00000000000000ff.tmp"), "{\"icons\": []}");
		assertThat(recover(decision, false).steps()).extracting(Step::action).containsExactly(Action.SET_ASIDE);
		Files.writeString(this.directory.resolve("app.manifest.json"), "{\"icons\": []}");
		Files.writeString(this.directory.resolve("app"), "");
		assertThat(recover(decision, false).steps()).isEmpty();
	}

	@Test
	void theStagingFileOfAManifestIsAnOrphan() throws Exception {
		write("one");
		Files.copy(this.manifest, this.directory.resolve(".f.manifest.json.00000000000000ff.tmp"));
		assertThat(recover(Decision.FINISH, false).steps()).extracting(Step::action).containsExactly(Action.DISCARDED);
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("f", "f.manifest.json");
	}

	@Test
	void housekeepingAndTheCensusLeaveManifestsAlone() throws Exception {
		write("one");
		Files.delete(this.target);
		assertThat(new DirectoryCensus(FILES, this.locks, BackupPolicy.SUFFIX).count(this.directory)).isEqualTo(
				new DirectoryCensus.Report(new DirectoryCensus.Report.Orphans(0, 0, null), 0, 0, 0, 0, List.of()));
		SweepReport report = new Housekeeper(FILES, this.locks, InstantSource.system()).sweep(this.directory,
				SweepOptions.builder().orphanAge(Duration.ZERO).keepBackups(0).build());
		assertThat(report.total().count()).isZero();
		assertThat(this.manifest).exists();
	}

}
