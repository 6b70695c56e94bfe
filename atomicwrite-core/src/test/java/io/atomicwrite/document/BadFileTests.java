package io.atomicwrite.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.atomicwrite.TargetMissingException;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.document.AtomicDocument.Recovery;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import io.atomicwrite.watch.WatchMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A bad file never costs anything: not the value, not the bad bytes, and not the last
 * valid content.
 */
class BadFileTests {

	private static final String GOOD = "# kept\ncount: 1\nname: a\n";

	private static final String BAD = "count: 1\nname: [oops\n";

	private final RecordingFileOps files = new RecordingFileOps(FileOps.system());

	private Instant now = Instant.now();

	private AtomicFileTemplate template = template();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void file() throws Exception {
		this.file = this.directory.resolve("config.yaml");
		Files.writeString(this.file, GOOD);
	}

	@AfterEach
	void close() {
		this.template.close();
	}

	private AtomicFileTemplate template() {
		InstantSource clock = () -> this.now;
		return AtomicFileTemplate.builder().files(this.files).clock(clock).build();
	}

	private AtomicDocument<Settings> open() {
		return this.template.document(this.file, options().build());
	}

	private static DocumentOptions.Builder<Settings> options() {
		return DocumentOptions.of(Settings.class).watch(WatchMode.OFF).quietPeriod(Duration.ofMillis(20));
	}

	/** Ends this process as far as documents are concerned, and starts the next one. */
	private void restart() {
		this.template.close();
		this.template = template();
	}

	private List<Path> rejected() throws Exception {
		try (Stream<Path> all = Files.list(this.directory)) {
			return all.filter((path) -> path.toString().endsWith(".rejected")).sorted().toList();
		}
	}

	@Test
	void badEditLeavesTheValue() throws Exception {
		AtomicDocument<Settings> document = open();
		List<DocumentProblem> problems = new CopyOnWriteArrayList<>();
		document.onProblem(problems::add);
		Files.writeString(this.file, BAD);
		document.reload();
		assertThat(document.current()).isEqualTo(new Settings(1, "a"));
		assertThat(document.status()).isEqualTo(DocumentStatus.INVALID);
		DocumentProblem problem = document.state().problem().orElseThrow();
		assertThat(problem.line()).isPositive();
		await().untilAsserted(() -> assertThat(problems).containsExactly(problem));
		document.reload();
		Files.writeString(this.file, BAD);
		document.reload();
		Files.writeString(this.file, BAD + "\n");
		document.reload();
		await().untilAsserted(() -> assertThat(problems).hasSize(2));
		assertThat(this.file).hasContent(BAD + "\n");
	}

	@Test
	void updateOfABadFileThrowsAndWritesNothing() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.writeString(this.file, BAD);
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> document.update((old) -> old.plus(1)))
			.withMessageContaining("config.yaml")
			.withMessageContaining("line ");
		assertThat(this.file).hasContent(BAD);
		assertThat(rejected()).isEmpty();
		assertThat(document.status()).isEqualTo(DocumentStatus.INVALID);
	}

	@Test
	void correctedFileIsValidAgain() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.writeString(this.file, BAD);
		document.reload();
		Files.writeString(this.file, GOOD);
		document.reload();
		assertThat(document.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(document.state().problem()).isEmpty();
		assertThat(document.snapshot().generation()).isEqualTo(1);
		assertThat(document.update((old) -> old.plus(1)).count()).isEqualTo(2);
	}

	@Test
	void replaceCopiesTheBadBytesAsideFirst() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-r-----"));
		Files.writeString(this.file, BAD);
		this.files.clear();
		document.replace(new Settings(9, "new"), document.snapshot().version());
		assertThat(document.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(rejected()).hasSize(1);
		assertThat(rejected().get(0)).hasContent(BAD);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejected().get(0))))
			.isEqualTo("rw-r-----");
		assertThat(this.template.readValue(this.file, Settings.class)).isEqualTo(new Settings(9, "new"));
		requireDurableBeforeTheCommit();
	}

	/** The copy has its name, and the name is synced, before the target is replaced. */
	private void requireDurableBeforeTheCommit() {
		List<FileCall> calls = this.files.calls();
		int copied = indexOf(calls, FileCall.Op.RENAME, ".rejected", 0);
		int synced = indexOf(calls, FileCall.Op.SYNC_DIRECTORY, "", copied);
		int committed = indexOf(calls, FileCall.Op.RENAME, "config.yaml", 0);
		assertThat(copied).isNotNegative();
		assertThat(synced).isBetween(copied, committed);
	}

	private static int indexOf(List<FileCall> calls, FileCall.Op op, String end, int from) {
		for (int i = from; i < calls.size(); i++) {
			Path name = calls.get(i).other();
			if (calls.get(i).op() == op && (end.isEmpty() || name != null && name.toString().endsWith(end))) {
				return i;
			}
		}
		return -1;
	}

	@Test
	void recoverLastGoodPutsTheServedContentBack() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.writeString(this.file, BAD);
		document.reload();
		Snapshot<Settings> recovered = document.recover(Recovery.LAST_GOOD);
		assertThat(recovered.value()).isEqualTo(new Settings(1, "a"));
		assertThat(this.file).hasContent(GOOD);
		assertThat(rejected()).hasSize(1);
		assertThatIllegalStateException().isThrownBy(() -> document.recover(Recovery.LAST_GOOD))
			.withMessageContaining("valid");
	}

	@Test
	void recoverDefaults() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().defaults(Settings.DEFAULTS).build());
		Files.writeString(this.file, BAD);
		assertThat(document.recover(Recovery.DEFAULTS).value()).isEqualTo(Settings.DEFAULTS);
		assertThat(rejected()).hasSize(1);
	}

	@Test
	void fiveCopiesAreKeptAndNamesNeverCollide() throws Exception {
		AtomicDocument<Settings> document = open();
		for (int i = 0; i < 8; i++) {
			Files.writeString(this.file, BAD + "#" + i + "\n");
			document.recover(Recovery.LAST_GOOD);
		}
		List<Path> kept = rejected();
		assertThat(kept).hasSize(5);
		assertThat(kept.stream().map(BadFileTests::content)).allMatch((text) -> text.startsWith(BAD))
			.doesNotContain(BAD + "#0\n", BAD + "#1\n", BAD + "#2\n")
			.doesNotHaveDuplicates();
	}

	private static String content(Path path) {
		try {
			return Files.readString(path);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void lastGoodIsServedAfterARestart() throws Exception {
		open();
		restart();
		Files.writeString(this.file, BAD);
		AtomicDocument<Settings> document = open();
		assertThat(document.current()).isEqualTo(new Settings(1, "a"));
		assertThat(document.snapshot().source()).isEqualTo(Source.LAST_GOOD);
		assertThat(document.status()).isEqualTo(DocumentStatus.INVALID);
		assertThat(this.file).hasContent(BAD);
		assertThat(document.recover(Recovery.LAST_GOOD).value()).isEqualTo(new Settings(1, "a"));
		assertThat(this.file).hasContent(GOOD);
	}

	@Test
	void lastGoodIsTheLastOwnUpdate() throws Exception {
		open().update((old) -> old.plus(41));
		restart();
		Files.writeString(this.file, BAD);
		assertThat(open().current()).isEqualTo(new Settings(42, "a"));
	}

	@Test
	void lastGoodOfALongRunIsSavedWithoutAClose() throws Exception {
		AtomicDocument<Settings> document = open();
		document.update((old) -> old.plus(41));
		Path good = this.directory.resolve(ArtifactNames.good("config.yaml", 255));
		await().untilAsserted(() -> assertThat(good).content().contains("count: 42"));
	}

	@Test
	void badEditSavesTheLastGoodAtOnce() throws Exception {
		AtomicDocument<Settings> document = open();
		Path good = this.directory.resolve(".config.yaml.good");
		await().untilAsserted(() -> assertThat(good).content().contains("count: 1"));
		document.update((old) -> old.plus(41));
		assertThat(good).content().contains("count: 1");
		Files.writeString(this.file, BAD);
		document.reload();
		assertThat(good).content().contains("count: 42");
	}

	@Test
	void lastGoodIsNeverMadeOfWhatIsInvalid() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().defaults(Settings.DEFAULTS)
					.validate("count", (value) -> value.count() < 100, "must be below 100")
					.build());
		Files.writeString(this.file, "count: 1000\nname: a\n");
		document.reload();
		restart();
		assertThat(this.directory.resolve(".config.yaml.good")).content().contains("count: 1\n").doesNotContain("1000");
		Files.delete(this.file);
		this.template.document(this.file, options().defaults(Settings.DEFAULTS).build());
		restart();
		assertThat(this.directory.resolve(".config.yaml.good")).content().contains("count: 1\n");
	}

	@Test
	void damagedLastGoodIsNotServed() throws Exception {
		open();
		restart();
		Path good = this.directory.resolve(".config.yaml.good");
		byte[] bytes = Files.readAllBytes(good);
		bytes[bytes.length - 2]++;
		Files.write(good, bytes);
		Files.writeString(this.file, BAD);
		assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(this::open).withMessageContaining("line ");
	}

	@Test
	void lastGoodHasNoWiderRightsThanTheDocument() throws Exception {
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-------"));
		open();
		this.template.close();
		assertThat(PosixFilePermissions
			.toString(Files.getPosixFilePermissions(this.directory.resolve(".config.yaml.good"))))
			.isEqualTo("rw-------");
		assertThat(Files.getAttribute(this.file, "unix:nlink")).isEqualTo(1);
	}

	@Test
	void stateDirectoryKeepsTheCopiesOfFilesOfOneName() throws Exception {
		Path state = Files.createDirectory(this.directory.resolve("state"));
		Path other = Files.createDirectory(this.directory.resolve("other")).resolve("config.yaml");
		Files.writeString(other, "count: 2\nname: other\n");
		this.template.document(this.file, options().stateDirectory(state).build());
		this.template.document(other, options().stateDirectory(state).build());
		restart();
		assertThat(state.toFile().list()).hasSize(2);
		Files.writeString(this.file, BAD);
		Files.writeString(other, BAD);
		assertThat(this.template.document(this.file, options().stateDirectory(state).build()).current().count())
			.isEqualTo(1);
		assertThat(this.template.document(other, options().stateDirectory(state).build()).current().count())
			.isEqualTo(2);
	}

	@Test
	void failPolicyFails() throws Exception {
		open();
		restart();
		Files.writeString(this.file, BAD);
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> this.template.document(this.file, options().whenInvalid(WhenInvalid.FAIL).build()));
	}

	@Test
	void missingFileAtTheStart() throws Exception {
		Files.delete(this.file);
		assertThatExceptionOfType(TargetMissingException.class).isThrownBy(this::open)
			.withMessageContaining("no valid defaults");
		AtomicDocument<Settings> document = this.template.document(this.file,
				options().defaults(Settings.DEFAULTS).build());
		assertThat(document.status()).isEqualTo(DocumentStatus.DEFAULTED);
		assertThat(document.snapshot().source()).isEqualTo(Source.DEFAULTS);
		assertThat(this.file).doesNotExist();
		assertThat(document.update((old) -> old.plus(1))).isEqualTo(Settings.DEFAULTS.plus(1));
		assertThat(this.file).exists();
	}

	@Test
	void missingFileWhileRunning() throws Exception {
		AtomicDocument<Settings> keeping = open();
		Files.delete(this.file);
		keeping.reload();
		assertThat(keeping.status()).isEqualTo(DocumentStatus.MISSING);
		assertThat(keeping.current()).isEqualTo(new Settings(1, "a"));
		keeping.close();
		Files.writeString(this.file, GOOD);
		AtomicDocument<Settings> defaulting = this.template.document(this.file,
				options().defaults(Settings.DEFAULTS).whenMissing(WhenMissing.DEFAULTS).build());
		Files.delete(this.file);
		defaulting.reload();
		assertThat(defaulting.status()).isEqualTo(DocumentStatus.DEFAULTED);
		assertThat(defaulting.current()).isEqualTo(Settings.DEFAULTS);
		Files.writeString(this.file, "count: 3\nname: again\n");
		defaulting.reload();
		assertThat(defaulting.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(defaulting.current()).isEqualTo(new Settings(3, "again"));
	}

	@Test
	void tooLargeAndUnreadableFilesAreProblems() throws Exception {
		AtomicDocument<Settings> document = this.template.document(this.file, options().maxSize(100).build());
		Files.writeString(this.file, GOOD + "#".repeat(200) + "\n");
		document.reload();
		assertThat(document.state().problem().orElseThrow().kind()).isEqualTo(DocumentProblem.Kind.TOO_LARGE);
		assertThat(document.current()).isEqualTo(new Settings(1, "a"));
		document.recover(Recovery.LAST_GOOD);
		assertThat(Files.size(rejected().get(0))).isGreaterThan(200);
		Files.delete(this.file);
		Files.createDirectory(this.file);
		document.reload();
		assertThat(document.state().problem().orElseThrow().kind()).isEqualTo(DocumentProblem.Kind.UNREADABLE);
	}

	@Test
	void sweepLeavesTheCopiesAlone() throws Exception {
		AtomicDocument<Settings> document = open();
		Files.writeString(this.file, BAD);
		document.recover(Recovery.LAST_GOOD);
		this.template.close();
		List<String> before = Arrays.asList(this.directory.toFile().list());
		assertThat(before).anyMatch((name) -> name.endsWith(".rejected")).contains(".config.yaml.good");
		new Housekeeper(FileOps.system(), LockRegistry.file(), InstantSource.system()).sweep(this.directory,
				SweepOptions.builder()
					.orphanAge(Duration.ZERO)
					.lockAge(Duration.ZERO)
					.backupAge(Duration.ZERO)
					.newestStay(false)
					.build());
		assertThat(this.directory.toFile().list()).contains(before.toArray(String[]::new));
	}

}
