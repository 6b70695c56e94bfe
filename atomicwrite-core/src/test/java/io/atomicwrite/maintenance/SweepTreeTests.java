package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sweeps of trees: where they go, and where they don't.
 */
class SweepTreeTests {

	private static final SweepOptions FLAT = SweepOptions.builder().backupAge(Duration.ofDays(1)).build();

	private static final SweepOptions TREE = FLAT.toBuilder().recursive(true).build();

	@TempDir
	private Path temporary;

	private Path root;

	private Path outside;

	private final LockRegistry locks = LockRegistry.file();

	@BeforeEach
	void prepare() throws IOException {
		this.root = Files.createDirectory(this.temporary.resolve("root"));
		this.outside = Files.createDirectory(this.temporary.resolve("outside"));
	}

	@AfterEach
	void close() {
		this.locks.close();
	}

	@Test
	void directoriesBelowAreSweptIfAsked() throws IOException {
		Path below = Files.createDirectories(this.root.resolve("a/b/c.lock/d"));
		Path orphan = new Leftovers(below).staging("x");
		assertThat(sweep(FLAT).total().count()).isZero();
		assertThat(sweep(TREE).total().count()).isOne();
		assertThat(orphan).doesNotExist();
		assertThat(below).exists();
	}

	@Test
	void linksAreNotFollowed() throws IOException {
		Path victim = new Leftovers(this.outside).staging("x");
		Files.createSymbolicLink(this.root.resolve("link"), this.outside);
		Files.createSymbolicLink(this.root.resolve("l.backup"), this.outside);
		Files.createSymbolicLink(this.root.resolve("circle"), this.root);
		SweepReport report = sweep(TREE);
		assertThat(report.total().count()).isZero();
		assertThat(report.examined()).isEqualTo(4);
		assertThat(victim).exists();
	}

	@Test
	void theDirectoryMayBeNamedByALink() throws IOException {
		new Leftovers(this.root).staging("x");
		Path link = Files.createSymbolicLink(this.temporary.resolve("link"), this.root);
		SweepReport report = housekeeper(FileOps.system()).sweep(link, FLAT);
		assertThat(report.total().count()).isOne();
		assertThat(report.directory()).isEqualTo(this.root.toRealPath());
	}

	@Test
	void aDirectoryThatBecomesALinkIsNotFollowed() throws IOException {
		Path below = Files.createDirectory(this.root.resolve("below"));
		Leftovers victims = new Leftovers(this.outside);
		Path[] victim = { victims.staging("x"), victims.lock("y"), victims.probe(),
				victims.file("z.20200101-000000.backup", "old", Leftovers.OLD) };
		FileOps swapping = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.LIST && call.path().endsWith("below") && Files.isDirectory(below)) {
					Files.deleteIfExists(below);
					Files.createSymbolicLink(below, SweepTreeTests.this.outside);
				}
				return action.run();
			}

		};
		SweepReport report = housekeeper(swapping).sweep(this.root, TREE);
		assertThat(below).isSymbolicLink();
		assertThat(report.total().count()).isZero();
		assertThat(victim).allSatisfy((file) -> assertThat(file).exists());
	}

	@Test
	void aDirectoryThatCannotBeReadIsAFailureAndNotTheEnd() throws IOException {
		for (String name : new String[] { "a", "closed", "z" }) {
			new Leftovers(Files.createDirectory(this.root.resolve(name))).staging("x");
		}
		FaultyFileOps denied = new FaultyFileOps(FileOps.system()).persistently();
		denied.fail((call) -> call.op() == Op.LIST && call.path().endsWith("closed"), 1,
				new AccessDeniedException("closed"));
		SweepReport report = housekeeper(denied).sweep(this.root, TREE);
		assertThat(report.total().count()).isEqualTo(2);
		assertThat(report.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.path()).isEqualTo(this.root.toRealPath().resolve("closed"));
			assertThat(failure.reason()).isEqualTo("Permission denied");
		});
	}

	@Test
	@RequiresRoot
	void otherFilesystemsAreNotEntered() throws IOException {
		Path point = Files.createDirectory(this.root.resolve("mounted"));
		Path bound = Files.createDirectory(this.root.resolve("bound"));
		Path victim = new Leftovers(this.outside).staging("x");
		try (Mounted tmpfs = Mounted.tmpfs(point, "size=1m"); Mounted bind = Mounted.bind(this.outside, bound)) {
			Path orphan = new Leftovers(tmpfs.point()).staging("x");
			assertThat(sweep(TREE).total().count()).isZero();
			assertThat(orphan).exists();
			assertThat(victim).exists();
			assertThat(bind.point()).exists();
			assertThat(housekeeper(FileOps.system()).sweep(tmpfs.point(), TREE).total().count()).isOne();
		}
	}

	@Test
	void deepAndWideTreesAreSweptToTheEnd() throws IOException {
		deepAndWide();
		SweepReport report = sweep(TREE);
		assertThat(report.failures()).isEmpty();
		assertThat(report.total().count()).isEqualTo(600);
	}

	@Test
	void withLittleMemoryTooTheyAre() throws IOException {
		deepAndWide();
		SweepTally tally = new SweepTally(new SweepListener() {
		});
		FileOps files = FileOps.system();
		Remover remover = new Remover(false, tally);
		Sweep.Judges judges = new Sweep.Judges(true,
				new OrphanSweep(files, this.locks, remover, tally, new Pause(Duration.ofMillis(20))),
				new LockSweep(files, this.locks, remover, tally),
				new BackupSweep(files, this.locks, remover, tally, TREE, Instant.now(), null), null);
		Path canonical = this.root.toRealPath();
		FileStat stat = files.stat(canonical);
		assertThat(stat).isNotNull();
		assertThat(new Sweep(files, TREE, tally, remover, judges, new Clocks(Instant.now(), Instant.now()), 1)
			.run(canonical, stat)).isTrue();
		SweepReport report = tally.report(canonical, false, false, true);
		assertThat(report.failures()).isEmpty();
		assertThat(report.total().count()).isEqualTo(600);
	}

	private void deepAndWide() throws IOException {
		Path deep = this.root;
		for (int depth = 0; depth < 300; depth++) {
			deep = Files.createDirectory(deep.resolve("d"));
			new Leftovers(deep).lock("x");
			Path wide = Files.createDirectory(this.root.resolve("w" + depth));
			new Leftovers(wide).lock("x");
		}
	}

	private SweepReport sweep(SweepOptions options) {
		return housekeeper(FileOps.system()).sweep(this.root, options);
	}

	private Housekeeper housekeeper(FileOps files) {
		return new Housekeeper(files, this.locks, InstantSource.system(), Duration.ofMillis(20));
	}

}
