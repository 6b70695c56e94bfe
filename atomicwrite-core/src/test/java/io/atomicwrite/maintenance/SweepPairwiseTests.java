package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Pairwise;
import io.atomicwrite.test.Pairwise.Case;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each option of a sweep with each other and with each state of a directory, against a
 * plain model of what goes.
 */
class SweepPairwiseTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
		.withZone(ZoneOffset.UTC);

	private static final Duration PROBE_AGE = Duration.ofMinutes(10);

	@TempDir
	private Path temporary;

	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	private final LockRegistry writers = LockRegistry.file();

	private final List<AutoCloseable> open = new ArrayList<>();

	private final Instant now = Instant.now();

	/** The paths that are to go, by kind. */
	private final Map<ArtifactKind, Set<String>> expected = new EnumMap<>(ArtifactKind.class);

	private long alive;

	@BeforeEach
	void paths() throws IOException {
		this.directory = this.temporary.toRealPath();
		Files.createDirectories(this.directory.resolve("sub"));
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
		this.writers.close();
		this.locks.close();
	}

	static Stream<Case> cases() {
		Set<ArtifactKind> all = EnumSet.allOf(ArtifactKind.class);
		Pairwise pairwise = new Pairwise().withFlag("dryRun")
			.withFlag("recursive")
			.with("orphanAge", Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(3))
			.with("lockAge", Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(3))
			.with("backupAge", null, Duration.ofDays(3), Duration.ofDays(7))
			.with("keep", null, 0, 1, 3)
			.withFlag("newestStay")
			.with("kinds", all, EnumSet.complementOf(EnumSet.of(ArtifactKind.STAGING)),
					EnumSet.of(ArtifactKind.STAGING, ArtifactKind.PROBE), EnumSet.of(ArtifactKind.BACKUP),
					EnumSet.of(ArtifactKind.LOCK, ArtifactKind.SIDECAR))
			.with("suffix", ".backup", ".bak")
			.with("place", "", "sub/")
			.with("backups", "none", "beside", "old", "other suffix")
			.with(Staging.class)
			.with(Lock.class)
			.with("probe", Duration.ofMinutes(2), Duration.ofMinutes(20), Duration.ofHours(4));
		return Stream.concat(pairwise.cases(1).stream(), limits().cases(2).stream().map(SweepPairwiseTests::whole));
	}

	/**
	 * Whether a backup goes hangs on three options at once: all of their combinations,
	 * each where the sweep comes to it.
	 */
	private static Pairwise limits() {
		List<Object> limits = new ArrayList<>();
		for (Duration age : Arrays.asList(null, Duration.ofDays(3), Duration.ofDays(7))) {
			for (Integer keep : Arrays.asList(null, 0, 1, 3)) {
				for (boolean stay : new boolean[] { true, false }) {
					Map<String, @Nullable Object> limit = new HashMap<>();
					limit.put("backupAge", age);
					limit.put("keep", keep);
					limit.put("newestStay", stay);
					limits.add(limit);
				}
			}
		}
		return new Pairwise().with("limit", limits.toArray())
			.with("suffix", ".backup", ".bak")
			.with("reach", Map.of("place", "", "recursive", false), Map.of("place", "sub/", "recursive", true))
			.with("backups", "beside", "old")
			.withFlag("dryRun");
	}

	private static Case whole(Case part) {
		Map<String, @Nullable Object> values = new HashMap<>(part.values());
		for (String some : new String[] { "limit", "reach" }) {
			((Map<?, ?>) part.get(some, Map.class)).forEach((name, value) -> values.put((String) name, value));
			values.remove(some);
		}
		values.put("kinds", EnumSet.of(ArtifactKind.BACKUP));
		values.put("Staging", Staging.NONE);
		values.put("Lock", Lock.NONE);
		for (String age : new String[] { "orphanAge", "lockAge", "probe" }) {
			values.put(age, Duration.ofHours(1));
		}
		return new Case(values);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void whatGoesIsWhatTheModelSays(Case given) throws IOException {
		SweepOptions options = options(given);
		boolean reached = given.get("place", String.class).isEmpty() || options.recursive();
		arrangeStaging(given, options, reached);
		arrangeLock(given, options, reached);
		arrangeProbe(given, options, reached);
		arrangeBackups(given, options);
		Set<String> before = new TreeSet<>(DirectoryContent.of(this.directory));
		Map<String, String> untouched = Snapshot.of(this.directory);
		Set<String> heard = new TreeSet<>();
		SweepReport report = WithoutPause.housekeeper(FILES, this.locks, InstantSource.system())
			.sweep(this.directory, options, new SweepListener() {

				@Override
				public void removed(Path file, ArtifactKind kind, long size) {
					heard.add(kind + " " + SweepPairwiseTests.this.directory.relativize(file));
				}

			});
		Set<String> all = new TreeSet<>();
		Set<String> names = new TreeSet<>();
		this.expected.forEach((kind, paths) -> paths.forEach((path) -> {
			all.add(kind + " " + path);
			names.add(path);
		}));
		assertThat(heard).isEqualTo(all);
		// the kernel's table of locks is read in pieces and may lack one; what is locked
		// stays
		assertThat(report.failures())
			.filteredOn((failure) -> given.get(Staging.class) != Staging.MARKED || !isStaging(failure))
			.isEmpty();
		assertThat(report.complete()).isTrue();
		assertThat(report.dryRun()).isEqualTo(options.dryRun());
		for (ArtifactKind kind : ArtifactKind.values()) {
			assertThat(report.removed(kind).count()).as(kind.name())
				.isEqualTo(this.expected.getOrDefault(kind, Set.of()).size());
		}
		assertThat(report.alive()).isEqualTo(this.alive);
		if (options.dryRun()) {
			assertThat(Snapshot.of(this.directory)).isEqualTo(untouched);
		}
		else {
			before.removeAll(names);
			assertThat(DirectoryContent.of(this.directory)).containsExactlyElementsOf(before);
		}
	}

	private static boolean isStaging(SweepReport.Failure failure) {
		return failure.path().toString().endsWith(".tmp");
	}

	private static SweepOptions options(Case given) {
		@SuppressWarnings("unchecked")
		Set<ArtifactKind> kinds = given.get("kinds", Set.class);
		return SweepOptions.builder()
			.dryRun(given.is("dryRun"))
			.recursive(given.is("recursive"))
			.orphanAge(given.get("orphanAge", Duration.class))
			.lockAge(given.get("lockAge", Duration.class))
			.backupAge(given.find("backupAge", Duration.class))
			.keepBackups(given.find("keep", Integer.class))
			.newestStay(given.is("newestStay"))
			.kinds(kinds)
			.backupSuffix(given.get("suffix", String.class))
			.backupDirectory(given.get("backups", String.class).equals("old") ? Path.of("old") : null)
			.build();
	}

	private void arrangeStaging(Case given, SweepOptions options, boolean reached) throws IOException {
		Staging state = given.get(Staging.class);
		if (state == Staging.NONE) {
			return;
		}
		String path = given.get("place", String.class) + ".a.0123456789abcdef.tmp";
		Path file = file(path, state.age);
		if (state == Staging.MARKED) {
			// as a writer of this engine does: what nio locks is lost to native calls
			// once
			// the snapshot has closed the file
			LockFile mark = FileOps.system().openLockFile(file, 0, false);
			this.open.add(mark::close);
			assertThat(mark.tryLock()).isTrue();
		}
		else if (state == Staging.LEASED) {
			this.writers.acquire(file.resolveSibling("a"), LockRequest.failFast());
		}
		boolean judged = reached && options.kinds().contains(ArtifactKind.STAGING)
				&& state.age.compareTo(options.orphanAge()) >= 0;
		if (judged && (state == Staging.MARKED || state == Staging.LEASED)) {
			this.alive++;
		}
		else if (judged) {
			expect(ArtifactKind.STAGING, path);
		}
	}

	private void arrangeLock(Case given, SweepOptions options, boolean reached) throws IOException {
		Lock state = given.get(Lock.class);
		String path = given.get("place", String.class) + "b.lock";
		if (state == Lock.HELD) {
			this.writers.acquire(this.directory.resolve(path).resolveSibling("b"), LockRequest.failFast());
			Leftovers.aged(this.directory.resolve(path), Duration.ofDays(1));
		}
		else if (state != Lock.NONE) {
			Files.write(file(path, state.age), new byte[(state == Lock.LARGE) ? 5000 : 2]);
			Leftovers.aged(this.directory.resolve(path), state.age);
		}
		if (reached && state == Lock.FREE && options.kinds().contains(ArtifactKind.LOCK)
				&& state.age.compareTo(options.lockAge()) >= 0) {
			expect(ArtifactKind.LOCK, path);
		}
	}

	private void arrangeProbe(Case given, SweepOptions options, boolean reached) throws IOException {
		Duration age = given.get("probe", Duration.class);
		String path = given.get("place", String.class) + ".atomicwrite-probe-0123456789abcdef.sync";
		file(path, age);
		if (reached && options.kinds().contains(ArtifactKind.PROBE) && age.compareTo(options.orphanAge()) >= 0
				&& age.compareTo(PROBE_AGE) >= 0) {
			expect(ArtifactKind.PROBE, path);
		}
	}

	/**
	 * Backups of two targets, of one of which the name begins with that of the other: of
	 * each four with a time, and one without, which has just been made.
	 */
	private void arrangeBackups(Case given, SweepOptions options) throws IOException {
		String where = given.get("backups", String.class);
		if (where.equals("none")) {
			return;
		}
		String suffix = where.equals("other suffix") ? ".saved" : options.backupSuffix();
		String place = where.equals("old") ? "old/" : given.get("place", String.class);
		Files.createDirectories(this.directory.resolve(place));
		boolean reached = place.isEmpty() || where.equals("old") || options.recursive();
		for (String target : new String[] { "c", "c.d" }) {
			List<String> newestFirst = new ArrayList<>(List.of(""));
			for (int days : new int[] { 1, 5, 5, 10 }) {
				String stamp = "." + STAMP.format(this.now.minus(Duration.ofDays(days)));
				newestFirst.add(newestFirst.contains(stamp) ? newestFirst.size() - 1 : newestFirst.size(),
						newestFirst.contains(stamp) ? stamp + "-10" : stamp);
			}
			int younger = 0;
			for (String stamp : newestFirst) {
				String path = place + target + stamp + suffix;
				file(path, Duration.ofDays(400));
				file(path + ".sha256", Duration.ZERO);
				file(path + ".sha512", Duration.ZERO);
				boolean old = options.backupAge() != null && isOlder(stamp, options.backupAge());
				boolean counts = !old || options.newestStay();
				boolean surplus = options.keepBackups() != null && (!counts || younger >= options.keepBackups());
				younger += counts ? 1 : 0;
				if (reached && !where.equals("other suffix") && options.kinds().contains(ArtifactKind.BACKUP)
						&& goes(options, old, surplus)) {
					expect(ArtifactKind.BACKUP, path);
					expect(ArtifactKind.SIDECAR, path + ".sha256");
					expect(ArtifactKind.SIDECAR, path + ".sha512");
				}
			}
		}
	}

	private static boolean goes(SweepOptions options, boolean old, boolean surplus) {
		boolean both = options.newestStay() && options.backupAge() != null && options.keepBackups() != null;
		return both ? old && surplus : old || surplus;
	}

	private boolean isOlder(String stamp, Duration age) {
		if (stamp.isEmpty()) {
			return false;
		}
		Instant made = STAMP.parse(stamp.substring(1, 16), Instant::from);
		return made.plus(age).isBefore(this.now);
	}

	private void expect(ArtifactKind kind, String path) {
		this.expected.computeIfAbsent(kind, (key) -> new TreeSet<>()).add(path);
	}

	private Path file(String path, Duration age) throws IOException {
		Path file = Files.writeString(this.directory.resolve(path), path);
		return Leftovers.aged(file, age);
	}

	/**
	 * A staging file of a target.
	 */
	enum Staging {

		/** None. */
		NONE(Duration.ZERO),

		/** One whose writer is gone, just not old for the longer ages. */
		YOUNG(Duration.ofMinutes(2)),

		/** One whose writer is gone. */
		FREE(Duration.ofHours(1)),

		/** One whose writer has it locked. */
		MARKED(Duration.ofHours(1)),

		/** One whose writer has the lease. */
		LEASED(Duration.ofHours(1));

		private final Duration age;

		Staging(Duration age) {
			this.age = age;
		}

	}

	/**
	 * A lock file of a target.
	 */
	enum Lock {

		/** None. */
		NONE(Duration.ZERO),

		/** One that nobody holds. */
		FREE(Duration.ofHours(2)),

		/** One that somebody holds. */
		HELD(Duration.ofHours(2)),

		/** A file of that name that is none. */
		LARGE(Duration.ofHours(2));

		private final Duration age;

		Lock(Duration age) {
			this.age = age;
		}

	}

}
