package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.atomicwrite.crash.Replacement.options;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash may leave of a publication whose {@code latest} is a directory:
 * that is the old version or the new one, whole, and what it was or was to be is swept.
 */
@Enumerates
class CrashOfExchangesTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path LATEST = DIRECTORY.resolve("set/latest");

	private static final WriteOptions OPTIONS = options(ChecksumPolicy.none(), BackupPolicy.none());

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final int CASES = 6;

	private static final CrashLane LANE = new CrashLane("crash-exchanges",
			"publish, rollback and sweep of a plain directory: a crash after each call, every legal disk",
			"CrashOfExchangesTests");

	@AfterAll
	static void writeRecord() throws IOException {
		if (LANE.isWhole(CASES)) {
			LANE.write(Scope.SLICE);
		}
	}

	private static Publication set(AtomicFileTemplate template) {
		return template.publication(DIRECTORY, "set");
	}

	private static boolean publish(AtomicFileTemplate template, PointerKind pointer, String version) {
		set(template).publish((out) -> {
			out.file("a", ("a of " + version).getBytes());
			out.file("b/c", ("c of " + version).getBytes());
		}, PublishOptions.defaults().withVersion(version).withPointer(pointer).withSyncsInFlight(1));
		return true;
	}

	private static boolean publish(AtomicFileTemplate template, String version) {
		return publish(template, PointerKind.DIRECTORY, version);
	}

	private static CrashImage published(CrashImage image, String version) {
		CrashFileOps disk = new CrashFileOps(image);
		run(new CrashExchanges(image, disk, LATEST), (template) -> publish(template, version));
		return disk.image();
	}

	private static boolean run(CrashExchanges files, CrashRun.Operation operation) {
		try (AtomicFileTemplate template = CrashedDisk.writer(files, OPTIONS)) {
			return operation.run(template);
		}
	}

	@Test
	void theFirstVersion() {
		assertNothingIsLost(EMPTY, (template) -> publish(template, "v1"), null, "v1");
	}

	@Test
	void theNextVersion() {
		assertNothingIsLost(published(EMPTY, "v1"), (template) -> publish(template, "v2"), "v1", "v2");
	}

	@ParameterizedTest
	@EnumSource(names = { "LINK", "FILE" })
	void afterAnotherPointer(PointerKind pointer) {
		CrashImage before = CrashRun.of(EMPTY, OPTIONS, (template) -> publish(template, pointer, "v1")).after();
		assertNothingIsLost(before, (template) -> publish(template, "v2"), "v1", "v2");
	}

	@Test
	void aRollback() {
		assertNothingIsLost(published(published(EMPTY, "v1"), "v2"),
				(template) -> set(template).rollbackTo("v1").latest(), "v2", "v1");
	}

	private static void assertNothingIsLost(CrashImage before, CrashRun.Operation operation, @Nullable String from,
			String to) {
		CrashFileOps disk = new CrashFileOps(before);
		CrashExchanges files = new CrashExchanges(before, disk, LATEST);
		assertThat(run(files, operation)).isTrue();
		disk.acknowledge();
		assertThat(files.atExchange()).as("all before the exchange is durable").hasSize(1);
		Count count = new Count();
		List<String> violations = violations(files, count, from, to);
		System.out.println("crash states of an exchange: " + count);
		LANE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	private static List<String> violations(CrashExchanges files, Count count, @Nullable String from, String to) {
		List<String> violations = new ArrayList<>();
		files.states(count).forEach((state, where) -> {
			String wrong = wrong(new CrashedDisk(state.image()), state.acknowledged(), from, to);
			if (wrong != null) {
				violations.add(wrong + " [" + where + "] " + state.image());
			}
		});
		return violations;
	}

	@Test
	void aSweep() {
		CrashImage before = published(published(EMPTY, "v1"), "v2");
		Count count = new Count();
		List<String> violations = CrashRun
			.of(before, OPTIONS, (template) -> set(template).sweep(Retention.keep(1)).removed().contains("v1"))
			.violations(count, (disk, acknowledged) -> wrong(disk, acknowledged, "v2", "v2"));
		LANE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SYNC", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		CrashFileOps disk = new CrashFileOps(EMPTY).dropping(dropped);
		CrashExchanges files = new CrashExchanges(EMPTY, disk, LATEST);
		run(files, (template) -> {
			// one file: with all that is never synced the states grow by powers of two
			set(template).publish((out) -> out.file("a", "a".getBytes()),
					PublishOptions.defaults()
						.withVersion("v1")
						.withPointer(PointerKind.DIRECTORY)
						.withSyncsInFlight(1));
			return true;
		});
		disk.acknowledge();
		Count count = new Count();
		List<String> violations = violations(files, count, null, "v1");
		LANE.control(CrashRun.without(dropped), count.distinct(), violations.size());
		assertThat(violations).isNotEmpty();
	}

	private static @Nullable String wrong(CrashedDisk disk, boolean acknowledged, @Nullable String from, String to) {
		CrashFileOps files = new CrashFileOps(disk.image());
		try (AtomicFileTemplate template = CrashedDisk.writer(files, OPTIONS)) {
			Publication set = set(template);
			Optional<String> latest = set.latest();
			if (acknowledged && !latest.equals(Optional.of(to))) {
				return "acknowledged and lost";
			}
			if (latest.isPresent() ? !List.of(to, String.valueOf(from)).contains(latest.get()) : from != null) {
				return "the pointer names " + latest;
			}
			for (PublishedVersion version : set.list()) {
				if (!set.verify(version.name()).sound()) {
					return "torn: " + version.name();
				}
			}
			if (latest.isPresent() && !isWhole(files, latest.get())) {
				return "latest is not all of " + latest.get();
			}
			set.sweep(Retention.keep(1));
			return wrongAfterSweep(set, files, latest);
		}
		catch (RuntimeException ex) {
			return "not readable: " + ex;
		}
	}

	/**
	 * Whether latest, if it is a directory, has each file of its version, and no other.
	 */
	private static boolean isWhole(CrashFileOps files, String version) {
		CrashImage image = files.image();
		if (!image.directories().contains(LATEST)) {
			return true;
		}
		return content(image, LATEST).equals(content(image, LATEST.resolveSibling(version)));
	}

	private static Map<Path, Integer> content(CrashImage image, Path directory) {
		Map<Path, Integer> content = new TreeMap<>();
		image.names().forEach((name, inode) -> {
			if (name.startsWith(directory)) {
				content.put(directory.relativize(name), inode);
			}
		});
		return content;
	}

	private static @Nullable String wrongAfterSweep(Publication set, CrashFileOps files, Optional<String> latest) {
		if (!set.latest().equals(latest) || (latest.isPresent() && !set.verify("latest").sound())) {
			return "the sweep took what is latest";
		}
		if (latest.isPresent() && !isWhole(files, latest.get())) {
			return "the sweep took a part of the directory";
		}
		List<String> whole = set.list().stream().map(PublishedVersion::name).toList();
		for (Path path : files.image().directories()) {
			String name = path.getFileName().toString();
			// what has all of a version goes with it
			boolean ofVersion = name.endsWith(".plain")
					&& whole.stream().anyMatch((version) -> isOf(files.image(), path, version));
			if (path.getNameCount() == 3 && !whole.contains(name) && !path.equals(LATEST) && !ofVersion) {
				return "unfinished and not swept: " + path;
			}
		}
		return null;
	}

	private static boolean isOf(CrashImage image, Path plain, String version) {
		String manifest = image.text(plain.resolve("manifest.json"));
		return manifest != null && manifest.equals(image.text(plain.resolveSibling(version).resolve("manifest.json")));
	}

}
