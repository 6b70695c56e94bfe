package io.atomicwrite.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer is killed before one of its calls: the target is old or new, other programs
 * agree with its checksum, the next writer succeeds, and recovery and housekeeping remove
 * the rest.
 */
@Forks
@RequiresCommand({ "getfattr", "sha256sum", "cp" })
class KillTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("kills", "kills",
			"a writer in another JVM is killed before a chosen call, for each checksum, backup and target there before; sha256sum, getfattr and the next writer follow, and on a copy of what was left recovery and a sweep",
			"kills", "KillTests");

	private static final String OLD = "old content";

	private static final String NEW = "new";

	private static final List<Op> SAMPLED = List.of(Op.WRITE, Op.SET_ATTRIBUTE, Op.LINK, Op.RENAME, Op.SYNC_DIRECTORY,
			Op.UNLOCK);

	@TempDir
	private Path root;

	private int count;

	static Stream<Kill> all() throws Exception {
		List<Kill> kills = new ArrayList<>();
		for (String checksum : List.of("NONE", "SIDECAR", "ATTRIBUTE")) {
			for (String backup : List.of("none", "single", "generations")) {
				for (boolean existing : new boolean[] { true, false }) {
					List<Op> calls = calls(checksum, backup, existing);
					for (int i = 0; i < calls.size(); i++) {
						kills.add(new Kill(checksum, backup, existing, i + 1, calls.get(i)));
					}
				}
			}
		}
		return kills.stream();
	}

	/** The combinations with most steps, and of each kind of call one. */
	static Stream<Kill> sampled() throws Exception {
		return all()
			.filter((kill) -> kill.existing && SAMPLED.contains(kill.op)
					&& (kill.backup.equals("single") ? kill.checksum.equals("SIDECAR")
							: kill.backup.equals("none") == kill.checksum.equals("ATTRIBUTE")))
			.filter((kill) -> !kill.checksum.equals("NONE") || kill.op == Op.LINK);
	}

	private static List<Op> calls(String checksum, String backup, boolean existing) throws Exception {
		Path directory = Files.createTempDirectory("kill");
		Path target = directory.resolve("f");
		WriteOptions options = KillPeer.options(checksum, backup);
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(files)
			.locks(LockRegistry.fileBuilder().files(files).build())
			.defaults(options)
			.build()) {
			if (existing) {
				template.writeString(target, OLD);
			}
			files.clear();
			template.writeString(target, NEW);
			return files.changes();
		}
		finally {
			try (Stream<Path> left = Files.list(directory)) {
				for (Path file : left.toList()) {
					Files.delete(file);
				}
			}
			Files.delete(directory);
		}
	}

	@Test
	void aKilledWriterLeavesOldOrNew() throws Exception {
		kill(sampled().toList());
	}

	@Test
	@Tag("slow")
	void aWriterThatIsKilledBeforeAnyCallLeavesOldOrNew() throws Exception {
		kill(all().toList());
	}

	private void kill(List<Kill> kills) throws Exception {
		assertThat(kills).hasSizeGreaterThan(20);
		TALLY.add(kills.size());
		List<Crashed> crashed = new ArrayList<>();
		try (ForkedJvm next = ForkedJvm.start(KillPeer.class)) {
			for (Kill kill : kills) {
				try {
					crashed.add(check(kill, next));
				}
				catch (RuntimeException | AssertionError ex) {
					throw new AssertionError(kill + ": " + ex.getMessage(), ex);
				}
			}
		}
		try (LockRegistry locks = LockRegistry.file()) {
			recover(crashed, locks);
			sweep(this.root, locks);
		}
		assertThat(DirectoryContent.of(this.root)).filteredOn((name) -> name.contains("/"))
			.allMatch(
					(name) -> name.matches("[de]\\d+/f(\\.sha256|(\\.\\d{8}-\\d{6}(-\\d+)?)?\\.backup(\\.sha256)?)?"));
	}

	private static SweepReport sweep(Path directory, LockRegistry locks) {
		SweepReport report = new Housekeeper(FileOps.system(), locks, InstantSource.system()).sweep(directory,
				SweepOptions.builder().recursive(true).orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build());
		assertThat(report.failures()).isEmpty();
		return report;
	}

	/** At the same time, because each waits between its two looks. */
	private void recover(List<Crashed> crashed, LockRegistry locks) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(32);
		try {
			List<Callable<Void>> recoveries = new ArrayList<>();
			crashed.forEach((one) -> recoveries.add(() -> {
				try {
					recover(one, locks);
				}
				catch (RuntimeException | AssertionError ex) {
					throw new AssertionError(one + ": " + ex.getMessage(), ex);
				}
				return null;
			}));
			for (Future<Void> recovery : executor.invokeAll(recoveries)) {
				recovery.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private void recover(Crashed crashed, LockRegistry locks) throws Exception {
		RecoveryReport report = new Recovery(FileOps.system(), locks, InstantSource.system()).recover(crashed.directory,
				RecoveryOptions.defaults().with((changes) -> changes.orphanAge(Duration.ZERO)));
		assertThat(report.failures()).isEmpty();
		assertThat(report.steps()).noneMatch((step) -> step.action() == RecoveryReport.Action.DOUBTFUL);
		sweep(crashed.directory, locks);
		Path target = crashed.directory.resolve("f");
		assertThat(Files.exists(target) ? Files.readString(target) : null).isEqualTo(crashed.found);
		Kill kill = crashed.kill;
		if (crashed.found == null) {
			assertThat(DirectoryContent.of(crashed.directory)).isEmpty();
			return;
		}
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.defaults(KillPeer.options(kill.checksum, kill.backup))
			.build()) {
			verify(template, target, kill.checksum);
			if (kill.checksum.equals("SIDECAR")) {
				assertThat(run(crashed.directory, "sha256sum", "-c", "f.sha256")).isEqualTo("f: OK\n");
			}
			for (Backup backup : template.generations(target)) {
				assertThat(backup.path()).hasContent(OLD);
			}
		}
	}

	/** Leaves a copy of what the crash left, links and attributes included. */
	private Crashed check(Kill kill, ForkedJvm next) throws Exception {
		Path directory = Files.createDirectory(this.root.resolve("d" + this.count));
		Path copy = this.root.resolve("e" + this.count++);
		Path target = directory.resolve("f");
		WriteOptions options = KillPeer.options(kill.checksum, kill.backup);
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().defaults(options).build()) {
			if (kill.existing) {
				template.writeString(target, OLD);
			}
			try (ForkedJvm writer = ForkedJvm.start(KillPeer.class, kill.checksum, kill.backup, target.toString(), NEW,
					Integer.toString(kill.number))) {
				assertThat(writer.answer()).as(writer::output).startsWith("before " + kill.op);
				writer.kill();
			}
			run(this.root, "cp", "-a", directory.toString(), copy.toString());
			String found = Files.exists(target) ? Files.readString(target) : null;
			assertThat(found).isIn(kill.existing ? OLD : null, NEW);
			if (found != null) {
				verify(template, target, kill.checksum);
			}
			for (Backup backup : template.generations(target)) {
				assertThat(backup.path()).hasContent(OLD);
				verifyBackup(template, backup.path());
			}
			List<String> before = orphans(directory);
			assertThat(next.ask(kill.checksum + " " + kill.backup + " next " + target)).as(next::output)
				.isEqualTo("written");
			assertThat(target).hasContent("next");
			assertThat(before).containsAll(orphans(directory));
			verify(template, target, kill.checksum);
			return new Crashed(kill, copy, found);
		}
	}

	private static List<String> orphans(Path directory) {
		return DirectoryContent.of(directory).stream().filter((name) -> name.endsWith(".tmp")).toList();
	}

	private static void verifyBackup(AtomicFileTemplate template, Path backup) {
		try {
			template.verify(backup);
		}
		catch (ChecksumMissingException ex) {
			// killed before it had one
		}
	}

	private static void verify(AtomicFileTemplate template, Path target, String checksum) throws Exception {
		if (checksum.equals("NONE")) {
			return;
		}
		template.verify(target);
		String digest = HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(target)));
		if (checksum.equals("ATTRIBUTE")) {
			assertThat(run(target.getParent(), "getfattr", "-n", "user.atomicwrite.sha256", "--only-values", "f"))
				.isEqualTo(digest);
			return;
		}
		String sidecar = Files.readString(target.resolveSibling("f.sha256"));
		if (!sidecar.contains("# previous " + digest)) {
			assertThat(run(target.getParent(), "sha256sum", "-c", "f.sha256").toLowerCase(Locale.ROOT))
				.startsWith("f: ok");
		}
	}

	private static String run(Path directory, String... command) throws Exception {
		Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private record Kill(String checksum, String backup, boolean existing, int number, Op op) {
	}

	private record Crashed(Kill kill, Path directory, @Nullable String found) {
	}

}
