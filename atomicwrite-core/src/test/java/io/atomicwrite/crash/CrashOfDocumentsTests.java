package io.atomicwrite.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.AtomicDocument.Recovery;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import io.atomicwrite.watch.WatchMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash may leave of an update of a document, of a write that carries
 * several, of the copy of the last valid content, and of a recovery.
 */
class CrashOfDocumentsTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f.json");

	private static final Path LAST_GOOD = DIRECTORY.resolve(".f.json.good");

	private static final String OLD = "{\"count\": 1, \"name\": \"a\"}\n";

	private static final String BAD = "{\"count\": 1, \"na\n";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final WriteOptions PLAIN = Replacement.options(ChecksumPolicy.none(), BackupPolicy.none());

	private static final WriteOptions KEEPING = Replacement.options(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256),
			BackupPolicy.single());

	private static AtomicDocument<Settings> open(AtomicFileTemplate template) {
		return template.document(TARGET, DocumentOptions.of(Settings.class).watch(WatchMode.OFF).build());
	}

	private static void assertNothingIsLost(CrashRun run, CrashRun.Check check) {
		Count count = new Count();
		assertThat(run.violations(count, check)).isEmpty();
		System.out.println("crash states of documents: " + count);
		assertThat(count.distinct()).isGreaterThan(2);
	}

	private static CrashRun update(WriteOptions options, CrashImage before, Kind... dropped) {
		return CrashRun.of(before, options, (template) -> {
			open(template).update((old) -> old.plus(1));
			return true;
		}, dropped);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void update(boolean companions) {
		WriteOptions options = companions ? KEEPING : PLAIN;
		CrashImage before = Replacement.written(EMPTY, options, TARGET, OLD);
		CrashRun run = update(options, before);
		String after = Objects.requireNonNull(run.after().text(TARGET));
		assertThat(after).contains("\"count\": 2");
		assertNothingIsLost(run, new Replacement(TARGET, options, before, after, Set.of(OLD)));
		assertNothingIsLost(run, (disk, acknowledged) -> oldOrNew(disk, acknowledged, OLD, after));
	}

	@ParameterizedTest
	@EnumSource(names = { "SYNC", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		CrashRun run = update(PLAIN, Replacement.written(EMPTY, PLAIN, TARGET, OLD), dropped);
		String after = Objects.requireNonNull(run.after().text(TARGET));
		assertThat(run.violations(new Count(), (disk, acknowledged) -> oldOrNew(disk, acknowledged, OLD, after)))
			.isNotEmpty();
	}

	@Test
	void writeOfSeveralChangesKeepsAllOrNone() {
		CrashImage before = Replacement.written(EMPTY, PLAIN, TARGET, OLD);
		CrashRun run = CrashRun.of(before, PLAIN, (template) -> {
			AtomicDocument<Settings> document = open(template);
			List<CompletableFuture<?>> all = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				all.add(document.updateAsync((old) -> old.plus(1)).toCompletableFuture());
			}
			// each is acknowledged by itself, the first one before the last is written
			CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
			return true;
		});
		assertThat(run.after().text(TARGET)).contains("\"count\": 6");
		assertNothingIsLost(run, (disk, acknowledged) -> {
			String found = disk.text(TARGET);
			if (found == null || !found.matches("\\{\"count\": [1-6], \"name\": \"a\"}\n")) {
				return "torn: " + found;
			}
			return (acknowledged && !found.contains("6")) ? "acknowledged and lost: " + found : null;
		});
	}

	@Test
	void theCopyOfTheLastValidContentIsWholeOrNotThere() {
		CrashImage before = CrashRun
			.of(Replacement.written(EMPTY, PLAIN, TARGET, OLD), PLAIN, (template) -> close(open(template)))
			.after();
		String first = Objects.requireNonNull(before.text(LAST_GOOD));
		CrashRun run = CrashRun.of(before, PLAIN, (template) -> {
			AtomicDocument<Settings> document = open(template);
			document.update((old) -> old.plus(1));
			return close(document);
		});
		String second = Objects.requireNonNull(run.after().text(LAST_GOOD));
		assertThat(second).contains("\"count\": 2").isNotEqualTo(first);
		assertNothingIsLost(run, (disk, acknowledged) -> {
			String good = disk.text(LAST_GOOD);
			return (isWhole(good) && (first.equals(good) || second.equals(good))) ? null : "bad copy: " + good;
		});
	}

	private static boolean close(AtomicDocument<?> document) {
		document.close();
		return true;
	}

	private static boolean isWhole(@Nullable String copy) {
		if (copy == null) {
			return false;
		}
		int header = copy.indexOf('\n');
		String content = copy.substring(header + 1);
		return copy.substring(0, header)
			.contains("sha256=" + Version.of(content.getBytes(StandardCharsets.UTF_8)) + " ");
	}

	@Test
	void badBytesAreCopiedBeforeTheyAreReplaced() {
		CrashImage good = CrashRun
			.of(Replacement.written(EMPTY, PLAIN, TARGET, OLD), PLAIN, (template) -> close(open(template)))
			.after();
		CrashImage before = good.withText(TARGET, BAD);
		CrashRun run = CrashRun.of(before, PLAIN, (template) -> {
			open(template).recover(Recovery.LAST_GOOD);
			return true;
		});
		assertThat(run.after().text(TARGET)).isEqualTo(OLD);
		Path aside = run.after()
			.names()
			.keySet()
			.stream()
			.filter((name) -> name.toString().endsWith(".rejected"))
			.findFirst()
			.orElseThrow();
		assertNothingIsLost(run, (disk, acknowledged) -> {
			String wrong = oldOrNew(disk, acknowledged, BAD, OLD);
			if (wrong == null && OLD.equals(disk.text(TARGET)) && !BAD.equals(disk.text(aside))) {
				return "the bad bytes are lost";
			}
			return wrong;
		});
	}

	private static @Nullable String oldOrNew(CrashedDisk disk, boolean acknowledged, String old, String after) {
		String found = disk.text(TARGET);
		if (!old.equals(found) && !after.equals(found)) {
			return "torn: " + found;
		}
		return (acknowledged && !after.equals(found)) ? "acknowledged and lost" : null;
	}

	/**
	 * What the document holds.
	 */
	record Settings(int count, String name) {

		Settings plus(int more) {
			return new Settings(this.count + more, this.name);
		}

	}

}
