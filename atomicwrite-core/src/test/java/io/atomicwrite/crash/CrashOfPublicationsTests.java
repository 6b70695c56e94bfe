package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static io.atomicwrite.crash.Replacement.options;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash may leave of a publication, a rollback and a sweep has a
 * pointer to a version that verifies, and a sweep afterwards leaves nothing unfinished.
 */
@Enumerates
class CrashOfPublicationsTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final WriteOptions OPTIONS = options(ChecksumPolicy.none(), BackupPolicy.none());

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final int CASES = 8;

	private static final CrashLane LANE = new CrashLane("crash-publications",
			"publish, rollback and sweep: a crash after each call, every legal disk", "CrashOfPublicationsTests");

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

	private static CrashImage published(PointerKind pointer, String... versions) {
		CrashImage image = EMPTY;
		for (String version : versions) {
			image = CrashRun.of(image, OPTIONS, (template) -> publish(template, pointer, version)).after();
		}
		return image;
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void theFirstVersion(PointerKind pointer) {
		assertNothingIsLost(EMPTY, (template) -> publish(template, pointer, "v1"), null, "v1");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void theNextVersion(PointerKind pointer) {
		assertNothingIsLost(published(pointer, "v1"), (template) -> publish(template, pointer, "v2"), "v1", "v2");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void aRollback(PointerKind pointer) {
		assertNothingIsLost(published(pointer, "v1", "v2"), (template) -> set(template).rollbackTo("v1").latest(), "v2",
				"v1");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void aSweep(PointerKind pointer) {
		assertNothingIsLost(published(pointer, "v1", "v2"),
				(template) -> set(template).sweep(Retention.keep(1)).removed().contains("v1"), "v2", "v2");
	}

	private static void assertNothingIsLost(CrashImage before, CrashRun.Operation operation, @Nullable String from,
			String to) {
		Count count = new Count();
		List<String> violations = CrashRun.of(before, OPTIONS, operation)
			.violations(count, (disk, acknowledged) -> wrong(disk, acknowledged, from, to));
		System.out.println("crash states of a publication: " + count);
		LANE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "SYNC, FILE", "SYNC_DIRECTORY, FILE", "SYNC, LINK", "SYNC_DIRECTORY, LINK" })
	void aLyingSyncIsFoundOut(Kind dropped, PointerKind pointer) {
		Count count = new Count();
		// one file: with all that is never synced the states grow by powers of two
		CrashRun run = CrashRun.of(EMPTY, OPTIONS, UnaryOperator.identity(), (template) -> {
			set(template).publish((out) -> out.file("a", "a".getBytes()),
					PublishOptions.defaults().withVersion("v1").withPointer(pointer).withSyncsInFlight(1));
			return true;
		}, dropped);
		List<String> violations = run.violations(count, (disk, acknowledged) -> wrong(disk, acknowledged, null, "v1"));
		String broken = CrashRun.without(dropped);
		LANE.control((pointer == PointerKind.FILE) ? broken : broken + "-link", count.distinct(), violations.size());
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
				List<String> problems = set.verify(version.name()).problems();
				if (!problems.isEmpty()) {
					return "torn: " + version.name() + " " + problems;
				}
			}
			if (latest.isPresent() && !set.verify("latest").sound()) {
				return "the pointer names a torn version";
			}
			set.sweep(Retention.keep(1));
			return wrongAfterSweep(set, files, latest);
		}
		catch (RuntimeException ex) {
			return "not readable: " + ex;
		}
	}

	private static @Nullable String wrongAfterSweep(Publication set, CrashFileOps files, Optional<String> latest) {
		if (!set.latest().equals(latest) || (latest.isPresent() && !set.verify("latest").sound())) {
			return "the sweep took what the pointer names";
		}
		List<String> whole = set.list().stream().map(PublishedVersion::name).toList();
		for (Path path : files.image().directories()) {
			if (path.getNameCount() == 3 && !whole.contains(path.getFileName().toString())) {
				return "unfinished and not swept: " + path;
			}
		}
		return null;
	}

}
