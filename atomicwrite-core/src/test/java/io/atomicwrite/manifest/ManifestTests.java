package io.atomicwrite.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Manifest.Entry;
import io.atomicwrite.manifest.Manifest.State;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Stamps, and the manifests that keep them.
 */
class ManifestTests {

	private static final Instant NOW = Instant.parse("2026-01-31T23:59:59.123Z");

	private static final Stamp STAMP = Stamp.ofRun("nightly-42").withSource("orders").with("rows", "1200");

	private final AtomicFileTemplate template = template(new UnsyncedFileOps(), CompanionNames.VISIBLE);

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private Path manifest;

	@BeforeEach
	void names() throws IOException {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve("export.csv");
		this.manifest = this.directory.resolve("export.csv.manifest.json");
	}

	private static AtomicFileTemplate template(FileOps files, CompanionNames companions) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(LockRegistry.fileBuilder().files(files).companions(companions).build())
			.companions(companions)
			.clock(InstantSource.fixed(NOW))
			.build();
	}

	private static Consumer<WriteOptions.Builder> stamped(String run) {
		return (options) -> options.stamp(Stamp.ofRun(run));
	}

	private static String sha256(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes()).hex();
	}

	private Optional<String> run() {
		return this.template.manifest(this.target).flatMap(Manifest::entry).flatMap(Entry::run);
	}

	private State state() {
		return this.template.manifest(this.target).orElseThrow().state();
	}

	@Test
	void manifestSaysWhereTheContentComesFrom() throws Exception {
		this.template.writeString(this.target, "one", (options) -> options.stamp(STAMP));
		assertThat(this.manifest).hasContent("""
				{
				  "name": "export.csv",
				  "source": "orders",
				  "run": "nightly-42",
				  "time": "2026-01-31T23:59:59.123Z",
				  "size": 3,
				  "digest": "sha256:%s",
				  "entries": {
				    "rows": "1200"
				  }
				}
				""".formatted(sha256("one")));
		Manifest found = this.template.manifest(this.target).orElseThrow();
		assertThat(found.state()).isEqualTo(State.FITS);
		assertThat(found.file()).isEqualTo(this.target);
		assertThat(found.location()).isEqualTo(this.manifest);
		assertThat(found.entry()).contains(new Entry(Optional.of("orders"), Optional.of("nightly-42"), NOW,
				Map.of("rows", "1200"), 3, new Checksum(ChecksumAlgorithm.SHA_256, sha256("one"))));
	}

	@Test
	void timeOfTheStampIsKept() {
		Instant extracted = Instant.parse("2026-01-30T00:00:00.000000001Z");
		this.template.writeString(this.target, "one", (options) -> options.stamp(STAMP.at(extracted)));
		assertThat(this.template.manifest(this.target).flatMap(Manifest::entry).map(Entry::time)).contains(extracted);
	}

	@Test
	void contentBeforeIsNamedAsLongAsItIsTrue() throws Exception {
		this.template.writeString(this.target, "one", stamped("1"));
		this.template.writeString(this.target, "two", stamped("2"));
		assertThat(run()).contains("2");
		Files.writeString(this.target, "one");
		assertThat(run()).contains("1");
		Files.writeString(this.target, "foreign");
		this.template.writeString(this.target, "three", stamped("3"));
		assertThat(this.manifest).content().doesNotContain("previous");
	}

	@Test
	void withoutAStampThereIsNoManifest() {
		this.template.writeString(this.target, "one");
		assertThat(this.template.manifest(this.target)).isEmpty();
		assertThat(DirectoryContent.of(this.directory)).containsExactly("export.csv");
		assertThatExceptionOfType(TargetMissingException.class)
			.isThrownBy(() -> this.template.manifest(this.directory.resolve("missing")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tws", "longer than before", "" })
	void contentOfSomeoneElseHasNoEntry(String foreign) throws Exception {
		this.template.writeString(this.target, "one", stamped("1"));
		Files.writeString(this.target, foreign);
		Manifest found = this.template.manifest(this.target).orElseThrow();
		assertThat(found.state()).isEqualTo(State.REPLACED);
		assertThat(found.entry()).isEmpty();
		assertThat(found.location()).isEqualTo(this.manifest);
	}

	@Test
	void aFileThatCanNotBeTheRecordedOneIsNotReadToItsEnd() throws Exception {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		this.template.writeString(this.target, "one", stamped("1"));
		try (java.nio.channels.FileChannel sparse = java.nio.channels.FileChannel.open(this.target,
				java.nio.file.StandardOpenOption.WRITE)) {
			sparse.write(java.nio.ByteBuffer.wrap(new byte[1]), 1L << 40);
		}
		assertThat(template(files, CompanionNames.VISIBLE).manifest(this.target).orElseThrow().state())
			.isEqualTo(State.REPLACED);
	}

	@Test
	void aWriteWithoutAStampLeavesNoManifestThatLies() {
		this.template.writeString(this.target, "one", stamped("1"));
		for (AtomicFileTemplate writer : List.of(this.template,
				template(new UnsyncedFileOps(), CompanionNames.VISIBLE))) {
			writer.writeString(this.target, "two");
			assertThat(state()).isEqualTo(State.FITS);
			assertThat(run()).isEmpty();
			assertThat(this.manifest).content().contains(sha256("two"));
			this.template.writeString(this.target, "one", stamped("1"));
		}
		this.template.append(this.target, "more".getBytes());
		assertThat(state()).isEqualTo(State.FITS);
		assertThat(run()).isEmpty();
	}

	@Test
	void theSameContentKeepsItsEntry() {
		this.template.writeString(this.target, "one", stamped("1"));
		this.template.writeString(this.target, "one");
		assertThat(run()).contains("1");
		this.template.writeString(this.target, "two");
		this.template.writeString(this.target, "one");
		assertThat(run()).contains("1");
	}

	@Test
	void anUpdateThatChangesNothingIsStampedAllTheSame() {
		Path json = this.directory.resolve("n.json");
		this.template.writeValue(json, 7, stamped("1"));
		this.template.update(json, Integer.class, (value) -> value, stamped("2"));
		assertThat(this.template.manifest(json).flatMap(Manifest::entry).flatMap(Entry::run)).contains("2");
	}

	@Test
	void aManifestMovesWithItsFile() {
		Path other = this.directory.resolve("other.csv");
		this.template.writeString(this.target, "one", stamped("1"));
		this.template.writeString(other, "two", stamped("2"));
		this.template.move(this.target, other);
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("other.csv",
				"other.csv.manifest.json");
		assertThat(this.template.manifest(other).flatMap(Manifest::entry).flatMap(Entry::run)).contains("1");
	}

	@Test
	void aMovedFileWithoutAManifestGetsNoneAndNeverThatOfAnother() throws Exception {
		Path other = this.directory.resolve("other.csv");
		this.template.writeString(this.target, "one");
		this.template.move(this.target, other);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("other.csv");
		this.template.writeString(this.target, "two", stamped("2"));
		this.template.move(other, this.target);
		assertThat(state()).isEqualTo(State.FITS);
		assertThat(run()).isEmpty();
		Files.writeString(this.target, "foreign");
		this.template.move(this.target, other);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("other.csv");
	}

	@Test
	void aMoveCanBeStamped() {
		this.template.writeString(this.target, "one");
		Path other = this.directory.resolve("other.csv");
		this.template.move(this.target, other, this.template.defaults().with(stamped("5")));
		assertThat(this.template.manifest(other).flatMap(Manifest::entry).flatMap(Entry::run)).contains("5");
	}

	@Test
	void aManifestGoesWithItsFile() {
		this.template.writeString(this.target, "one", stamped("1"));
		this.template.delete(this.target);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void theContentBeforeIsRestoredWithItsEntry() {
		WriteOptions options = this.template.defaults().with((o) -> o.backup(BackupPolicy.single()));
		this.template.writeString(this.target, "one", options.with(stamped("1")));
		this.template.writeString(this.target, "two", options.with(stamped("2")));
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("export.csv",
				"export.csv.manifest.json", "export.csv.backup");
		this.template.restore(this.target, this.template.generations(this.target, options).get(0), options);
		assertThat(this.target).hasContent("one");
		assertThat(run()).contains("1");
	}

	@Test
	void sidecarAndManifestAreKeptTogether() throws Exception {
		WriteOptions options = this.template.defaults()
			.with((o) -> o.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_512)));
		this.template.writeString(this.target, "one", options.with(stamped("1")));
		this.template.writeString(this.target, "two", options.with(stamped("2")));
		this.template.verify(this.target);
		assertThat(run()).contains("2");
		Files.writeString(this.target, "one");
		this.template.verify(this.target);
		assertThat(run()).contains("1");
	}

	@Test
	void aFailureLeavesTheManifestAsItWas() throws Exception {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		AtomicFileTemplate failing = template(files, CompanionNames.VISIBLE);
		failing.writeString(this.target, "one", stamped("1"));
		String before = Files.readString(this.manifest);
		files.fail((call) -> call.op() == Op.RENAME && this.target.equals(call.other()), 1, "Input/output error");
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> failing.writeString(this.target, "two", stamped("2")));
		assertThat(this.manifest).hasContent(before);
		Files.delete(this.target);
		Files.delete(this.manifest);
		files.fail((call) -> call.op() == Op.RENAME && this.target.equals(call.other()), 1, "Input/output error");
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> failing.writeString(this.target, "two", stamped("2")));
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void aFileOfSomeoneElseIsNotReplaced() throws Exception {
		Files.writeString(this.manifest, "{\"name\": \"my application\"}");
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "one", stamped("1")))
			.withMessageContaining("export.csv.manifest.json is not its manifest");
		assertThat(this.target).doesNotExist();
		this.template.writeString(this.target, "one");
		this.template.writeString(this.target, "two");
		assertThat(this.template.manifest(this.target)).isEmpty();
		this.template.delete(this.target);
		assertThat(this.manifest).hasContent("{\"name\": \"my application\"}");
	}

	@ParameterizedTest
	@EnumSource
	void eitherSpellingIsFoundAndKeptTrue(CompanionNames former) {
		AtomicFileTemplate hiding = template(new UnsyncedFileOps(), CompanionNames.HIDDEN);
		AtomicFileTemplate first = (former == CompanionNames.HIDDEN) ? hiding : this.template;
		AtomicFileTemplate second = (former == CompanionNames.HIDDEN) ? this.template : hiding;
		first.writeString(this.target, "one", stamped("1"));
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("export.csv",
				(former == CompanionNames.HIDDEN) ? ".export.csv.manifest.json" : "export.csv.manifest.json");
		for (AtomicFileTemplate reader : List.of(first, second)) {
			assertThat(reader.manifest(this.target).flatMap(Manifest::entry).flatMap(Entry::run)).contains("1");
		}
		second.writeString(this.target, "two", stamped("2"));
		for (AtomicFileTemplate reader : List.of(first, second)) {
			assertThat(reader.manifest(this.target).flatMap(Manifest::entry).flatMap(Entry::run)).contains("2");
		}
		hiding.writeString(this.target, "three");
		assertThat(hiding.manifest(this.target).orElseThrow().state()).isEqualTo(State.FITS);
		assertThat(run()).isEmpty();
		hiding.delete(this.target);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void theManifestOfAHiddenNamesakeIsNotTakenForIts() {
		Path hidden = this.directory.resolve(".export.csv");
		AtomicFileTemplate hiding = template(new UnsyncedFileOps(), CompanionNames.HIDDEN);
		this.template.writeString(hidden, "hidden", stamped("1"));
		hiding.writeString(this.target, "one");
		hiding.writeString(this.target, "two");
		assertThat(hiding.manifest(this.target)).isEmpty();
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> hiding.writeString(this.target, "three", stamped("2")));
		assertThat(this.template.manifest(hidden).orElseThrow().state()).isEqualTo(State.FITS);
	}

	@Test
	void aNameOfTheGreatestLengthHasAManifest() {
		for (String name : List.of("x".repeat(255), "é".repeat(127), "𝄞".repeat(63))) {
			Path longest = this.directory.resolve(name);
			this.template.writeString(longest, "one", stamped("1"));
			this.template.writeString(longest, "two", stamped("2"));
			assertThat(this.template.manifest(longest).flatMap(Manifest::entry).flatMap(Entry::run)).contains("2");
			this.template.delete(longest);
		}
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void aManifestIsForThoseWhoMayReadTheFile() throws Exception {
		this.template.writeString(this.target, "one", (options) -> options.stamp(STAMP).mode(ModePolicy.exactly(0750)));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.manifest))).isEqualTo("rw-r-----");
	}

	@Test
	void aWriteWithoutAStampLooksOnceForAFileThatItWritesAgain() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate writer = template(files, CompanionNames.VISIBLE);
		writer.writeString(this.target, "one");
		assertThat(looks(files)).as("a new file").isZero();
		writer.writeString(this.target, "two");
		assertThat(looks(files)).as("a file of unknown history").isOne();
		for (int i = 0; i < 3; i++) {
			writer.writeString(this.target, "again " + i);
			assertThat(looks(files)).as("a file of this process").isZero();
		}
		this.template.writeString(this.target, "stamped", stamped("1"));
		writer.writeString(this.target, "three");
		assertThat(looks(files)).as("a file of another writer").isOne();
		assertThat(state()).isEqualTo(State.FITS);
		assertThat(run()).isEmpty();
		writer.writeString(this.target, "four");
		assertThat(state()).isEqualTo(State.FITS);
	}

	private long looks(RecordingFileOps files) {
		long looks = files.calls()
			.stream()
			.filter((call) -> call.path().equals(this.manifest) && call.op() == Op.KIND)
			.count();
		files.clear();
		return looks;
	}

	@Test
	void aWriterIsNotTakenForSomeoneElse() throws Exception {
		this.template.writeString(this.target, "0", stamped("0"));
		AtomicBoolean done = new AtomicBoolean();
		Thread writer = new Thread(() -> {
			for (int i = 1; i <= 300; i++) {
				this.template.writeString(this.target, "content " + i, stamped(Integer.toString(i)));
			}
			done.set(true);
		});
		writer.start();
		int reads = 0;
		while (!done.get()) {
			assertThat(state()).as("read " + reads).isEqualTo(State.FITS);
			reads++;
		}
		writer.join();
		assertThat(reads).isPositive();
	}

	@Test
	void aProgramThatReadsEveryFileIsWarnedOf() throws Exception {
		Path conf = Files.createDirectory(this.directory.resolve("conf.d")).resolve("f");
		assertThat(this.template.writeString(conf, "one", stamped("1")).warnings())
			.anyMatch((text) -> text.contains("f.manifest.json"));
	}

	@Test
	void aStampHasLimits() {
		assertThatIllegalArgumentException().isThrownBy(() -> Stamp.ofRun(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> Stamp.ofSource(""));
		assertThatIllegalArgumentException().isThrownBy(() -> Stamp.empty().with("", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> Stamp.ofRun("x".repeat(2000)).with("k", "x".repeat(2000)))
			.withMessageContaining("4000");
		Stamp longest = Stamp.ofRun("\u0001".repeat(4000));
		this.template.writeString(this.target, "one", (options) -> options.stamp(longest));
		this.template.writeString(this.target, "two", (options) -> options.stamp(longest.at(NOW)));
		assertThat(run()).isEqualTo(longest.run());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{\"name\": \"export.csv\"}",
			"{\"name\": \"export.csv\", \"time\": \"yesterday\", \"size\": 1, \"digest\": \"sha256:00\"}",
			"{\"name\": 1, \"name\": 2}" })
	void whatIsNoManifestIsNone(String text) throws Exception {
		this.template.writeString(this.target, "one");
		Files.writeString(this.manifest, text);
		assertThat(this.template.manifest(this.target)).isEmpty();
	}

}
