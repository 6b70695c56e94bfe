package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.NewestBackups.Share;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.ShortNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups: by age, by number, and their sidecars.
 */
class BackupSweepTests {

	private static final SweepOptions TEN_DAYS = SweepOptions.builder().backupAge(Duration.ofDays(10)).build();

	@TempDir
	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	@AfterEach
	void close() {
		this.locks.close();
	}

	@Test
	void withoutALimitAllStay() throws IOException {
		backup("a.20200101-000000.backup");
		backup("a.backup");
		assertThat(sweep(SweepOptions.defaults()).total().count()).isZero();
	}

	@Test
	void ageIsThatOfTheNameNotOfTheContent() throws IOException {
		Instant now = Instant.now();
		Path young = backup("a." + stamp(now.minus(Duration.ofDays(9))) + ".backup");
		Leftovers.aged(young, Duration.ofDays(400));
		backup("a." + stamp(now.minus(Duration.ofDays(11))) + ".backup");
		backup("a." + stamp(now.plus(Duration.ofDays(1))) + "-2.backup");
		assertThat(sweep(TEN_DAYS).removed(ArtifactKind.BACKUP).count()).isOne();
		assertThat(young).exists();
	}

	/**
	 * The name of the backup fits the limit of the filesystem, that of its sidecar does
	 * not.
	 */
	@Test
	void aSidecarWithAShortenedNameGoesWithItsBackup() throws IOException {
		FileOps files = new ShortNames(FileOps.system(), 143);
		String target = "x".repeat(115);
		try (LockRegistry registry = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).locks(registry).build()) {
			WriteOptions options = template.defaults()
				.toBuilder()
				.backup(BackupPolicy.generations())
				.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
				.build();
			template.writeString(this.directory.resolve(target), "old", options);
			template.writeString(this.directory.resolve(target), "new", options);
			assertThat(DirectoryContent.of(this.directory)).hasSize(4)
				.anyMatch((name) -> name.contains("~") && name.endsWith(".sha256"));
			SweepReport report = new Housekeeper(files, registry, InstantSource.system()).sweep(this.directory,
					SweepOptions.builder().keepBackups(0).build());
			assertThat(report.failures()).isEmpty();
			assertThat(DirectoryContent.of(this.directory)).containsExactly(target, target + ".sha256");
		}
	}

	@Test
	void withoutATimeInTheNameAgeIsThatOfTheBackupNotOfTheContent() throws IOException {
		Path young = Leftovers.aged(backup("a.backup"), Duration.ofDays(400));
		assertThat(sweep(TEN_DAYS).total().count()).isZero();
		assertThat(young).exists();
		AgedFileOps aged = new AgedFileOps(Duration.ofDays(11), "a.backup");
		backup("b.backup");
		assertThat(sweep(aged, TEN_DAYS).removed(ArtifactKind.BACKUP).count()).isOne();
		assertThat(young).doesNotExist();
	}

	@Test
	void aPlainBackupCountsAsMadeWhenItsTargetWasReplaced() throws IOException {
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults().toBuilder().backup(BackupPolicy.single()).build())
			.locks(this.locks)
			.build()) {
			Path target = this.directory.resolve("a");
			template.writeString(target, "one");
			Leftovers.aged(target, Duration.ofDays(400));
			template.writeString(target, "two");
		}
		assertThat(sweep(TEN_DAYS).total().count()).isZero();
		assertThat(this.directory.resolve("a.backup")).hasContent("one");
	}

	@Test
	void suffixAndDirectoryAreThoseOfThePolicy() throws IOException {
		BackupPolicy policy = BackupPolicy.generations()
			.with((changes) -> changes.suffix(".bak").directory(Path.of("old")));
		Instant[] now = { Instant.parse("2026-01-01T00:00:00Z") };
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(WriteOptions.engineDefaults()
				.toBuilder()
				.backup(policy)
				.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
				.build())
			.clock(() -> now[0])
			.locks(this.locks)
			.build()) {
			for (int i = 0; i <= 5; i++) {
				now[0] = now[0].plusSeconds(1);
				template.writeString(this.directory.resolve("a"), "content " + i);
			}
		}
		SweepOptions two = SweepOptions.builder().keepBackups(2).build();
		assertThat(sweep(two).total().count()).isZero();
		SweepReport report = sweep(two.toBuilder().backupSuffix(".bak").backupDirectory(Path.of("old")).build());
		assertThat(report.failures()).isEmpty();
		assertThat(DirectoryContent.of(this.directory.resolve("old"))).containsExactly("a.20260101-000005.bak",
				"a.20260101-000005.bak.sha256", "a.20260101-000006.bak", "a.20260101-000006.bak.sha256");
	}

	@Test
	void onlyTheKindsThatAreAskedForGo() throws IOException {
		backup("a.20200101-000000.backup");
		new Leftovers(this.directory).lock("b");
		new Leftovers(this.directory).staging("c");
		SweepReport report = sweep(TEN_DAYS.toBuilder().kinds(EnumSet.of(ArtifactKind.LOCK)).build());
		assertThat(report.total().count()).isOne();
		assertThat(report.removed(ArtifactKind.LOCK).count()).isOne();
		assertThat(sweep(TEN_DAYS.toBuilder().kinds(EnumSet.of(ArtifactKind.BACKUP)).build()).total().count()).isOne();
		assertThat(DirectoryContent.of(this.directory)).singleElement().asString().endsWith(".tmp");
	}

	@Test
	void aPlainBackupStaysWhileItsTargetIsBeingWritten() throws IOException {
		Path old = backup("a.backup");
		FileOps aged = new AgedFileOps(Duration.ofDays(11), "a.backup");
		try (ForkedJvm writer = ForkedJvm.start(WriterPeer.class, this.directory.resolve("a").toString())) {
			assertThat(writer.ask("open")).isEqualTo("done");
			assertThat(sweep(aged, TEN_DAYS).total().count()).isZero();
			assertThat(old).exists();
		}
		assertThat(sweep(aged, TEN_DAYS).removed(ArtifactKind.BACKUP).count()).isOne();
	}

	@Test
	void theNewestOfEachTargetStay() throws IOException {
		for (String target : new String[] { "a", "b.c" }) {
			for (String one : new String[] { "20260101-000000", "20260101-000000-2", "20260101-000000-10",
					"20260102-000000", "20251231-235959" }) {
				backup(target + "." + one + ".backup");
			}
		}
		backup("a.backup");
		backup("plain.backup");
		FileOps aged = new AgedFileOps(Duration.ofDays(5000), "a.backup", "plain.backup");
		SweepReport report = sweep(aged, SweepOptions.builder().keepBackups(2).build());
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a.20260101-000000-10.backup",
				"a.20260102-000000.backup", "b.c.20260101-000000-10.backup", "b.c.20260102-000000.backup",
				"plain.backup");
		assertThat(report.removed(ArtifactKind.BACKUP).count()).isEqualTo(7);
		assertThat(report.examined()).isEqualTo(13);
	}

	@Test
	void eitherLimitIsEnough() throws IOException {
		Instant now = Instant.now();
		for (int days = 1; days <= 20; days++) {
			backup("a." + stamp(now.minus(Duration.ofDays(days))) + ".backup");
		}
		sweep(TEN_DAYS.toBuilder().keepBackups(15).build());
		assertThat(DirectoryContent.of(this.directory)).hasSize(9);
		sweep(TEN_DAYS.toBuilder().keepBackups(4).build());
		assertThat(DirectoryContent.of(this.directory)).hasSize(4);
	}

	@Test
	void theNewestStayHoweverOldTheyAreOnRequest() throws IOException {
		for (int second = 0; second < 5; second++) {
			backup("a.20200101-00000" + second + ".backup");
		}
		Instant now = Instant.now();
		for (int days = 1; days <= 5; days++) {
			backup("b." + stamp(now.minus(Duration.ofDays(days))) + ".backup");
		}
		sweep(TEN_DAYS.toBuilder().keepBackups(2).newestStay(true).build());
		assertThat(DirectoryContent.of(this.directory)).hasSize(7)
			.startsWith("a.20200101-000003.backup", "a.20200101-000004.backup");
		sweep(SweepOptions.builder().keepBackups(2).newestStay(true).build());
		assertThat(DirectoryContent.of(this.directory)).hasSize(4);
	}

	@Test
	void aSidecarGoesWithItsBackupAndNeverWithoutIt() throws IOException {
		for (String name : new String[] { "a.20200101-000000.backup", "a.20200101-000000.backup.sha256",
				"a.20200101-000000.backup.sha512", "a.sha256", "gone.sha256", "b.20200101-000000.backup.sha256" }) {
			backup(name);
		}
		Files.createDirectory(this.directory.resolve("a.20200101-000000.backup.sha384"));
		SweepReport report = sweep(TEN_DAYS);
		assertThat(report.removed(ArtifactKind.SIDECAR).count()).isEqualTo(2);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a.20200101-000000.backup.sha384", "a.sha256",
				"b.20200101-000000.backup.sha256", "gone.sha256");
	}

	@Test
	void aSidecarOfAnyAlgorithmGoesWithItsBackup() throws IOException {
		backup("a.20200101-000000.backup");
		backup("a.20200101-000000.backup.sha3-256");
		assertThat(sweep(TEN_DAYS).removed(ArtifactKind.SIDECAR).count()).isOne();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void withLittleMemoryTheSameStay() {
		Random random = new Random(1);
		Map<String, TreeSet<Long>> all = new HashMap<>();
		for (int i = 0; i < 20_000; i++) {
			Instant made = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000));
			long rank = NewestBackups.rank(made, 1 + random.nextInt(3));
			all.computeIfAbsent("target" + random.nextInt(2000), (key) -> new TreeSet<>()).add(rank);
		}
		Map<String, TreeSet<Long>> kept = new HashMap<>();
		Deque<Share> shares = new ArrayDeque<>();
		shares.push(Share.ALL);
		int passes = 0;
		for (; !shares.isEmpty(); passes++) {
			NewestBackups newest = new NewestBackups(3, shares.pop(), 40_000);
			all.forEach((target, ranks) -> ranks.forEach((rank) -> push(shares, newest.add(target, rank))));
			all.forEach((target, ranks) -> ranks.forEach((rank) -> {
				if (newest.share().has(target) && !newest.isSurplus(target, rank)) {
					assertThat(kept.computeIfAbsent(target, (key) -> new TreeSet<>()).add(rank)).isTrue();
				}
			}));
		}
		assertThat(passes).isGreaterThan(8);
		assertThat(kept).hasSameSizeAs(all);
		all.forEach((target, ranks) -> assertThat(kept.get(target).descendingSet())
			.containsExactlyElementsOf(ranks.descendingSet().stream().limit(3).toList()));
	}

	private static void push(Deque<Share> shares, @Nullable Share given) {
		if (given != null) {
			shares.push(given);
		}
	}

	private Path backup(String name) throws IOException {
		assertThat(ArtifactNames.parse(name)).isNotNull();
		return Files.writeString(this.directory.resolve(name), "old");
	}

	private static String stamp(Instant time) {
		return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(time);
	}

	private SweepReport sweep(SweepOptions options) {
		return sweep(FileOps.system(), options);
	}

	private SweepReport sweep(FileOps files, SweepOptions options) {
		return new Housekeeper(files, this.locks, InstantSource.system(), Duration.ofMillis(20)).sweep(this.directory,
				options);
	}

	/**
	 * Says that files were made long ago, which no program can make true.
	 */
	private static final class AgedFileOps extends ForwardingFileOps {

		private final Duration age;

		private final Set<String> names;

		AgedFileOps(Duration age, String... names) {
			super(FileOps.system());
			this.age = age;
			this.names = Set.of(names);
		}

		@Override
		public @Nullable FileStat stat(Path path) throws IOException {
			FileStat stat = super.stat(path);
			if (stat == null || !this.names.contains(path.getFileName().toString())) {
				return stat;
			}
			Instant then = stat.changed().minus(this.age);
			return new FileStat(stat.kind(), stat.size(), stat.mode(), stat.uid(), stat.gid(), stat.device(),
					stat.inode(), stat.links(), then, then);
		}

	}

}
