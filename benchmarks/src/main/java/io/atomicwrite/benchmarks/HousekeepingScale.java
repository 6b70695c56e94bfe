package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;

/**
 * Sweeps directories full of leftovers and prints how long it took, as a table in
 * Markdown. The arguments are the directories to work in, the usual two if there are
 * none; the system property {@code files} sets the size of the tree, {@code parts} the
 * rows. Each sweep has a JVM of its own with a heap of 64 MiB.
 */
public final class HousekeepingScale {

	private static final int LOCKS = 10_000;

	private static final int TARGETS = 1_000;

	private static final int BACKUPS = 100_000;

	private static final int DIRECTORIES = 1_000;

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
		.withZone(ZoneOffset.UTC);

	private static final Instant OLD = Instant.now().minus(Duration.ofDays(2));

	private final PrintStream out;

	private final Path parent;

	private HousekeepingScale(PrintStream out, Path parent) {
		this.out = out;
		this.parent = parent;
	}

	/**
	 * Runs the sweeps.
	 * @param arguments the directories, or what a JVM of this class was started for
	 * @throws Exception if a sweep failed
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length > 1 && arguments[0].equals("sweep")) {
			sweep(Path.of(arguments[1]));
			return;
		}
		System.out.println(Workspace.machine() + "\n");
		System.out.println("| filesystem | swept | removed | left | seconds | peak heap, MiB |");
		System.out.println("|---|---|---|---|---|---|");
		for (Path parent : Workspace.parents(arguments)) {
			Files.createDirectories(parent);
			new HousekeepingScale(System.out, parent.toRealPath()).run();
		}
	}

	private void run() throws Exception {
		int files = Integer.getInteger("files", 1_000_000);
		List<String> parts = List.of(System.getProperty("parts", "locks,backups,tree,flat").split(","));
		if (parts.contains("locks")) {
			row("10,000 leftover lock files", HousekeepingScale::locks);
		}
		if (parts.contains("backups")) {
			row("100,000 backups of 1,000 targets, 5 kept", HousekeepingScale::backups);
		}
		if (parts.contains("tree")) {
			row(String.format(Locale.ROOT, "%,d files in 1,000 directories", files), (root) -> {
				for (int directory = 0; directory < DIRECTORIES; directory++) {
					mixture(Files.createDirectory(root.resolve("d" + directory)), files / DIRECTORIES);
				}
			});
		}
		if (parts.contains("flat")) {
			row(String.format(Locale.ROOT, "%,d files in one directory", files), (root) -> mixture(root, files));
		}
	}

	private static void locks(Path root) throws IOException {
		for (int i = 0; i < LOCKS; i++) {
			old(Files.write(root.resolve("target" + i + ".lock"), new byte[100]));
		}
	}

	private static void backups(Path root) throws IOException {
		for (int i = 0; i < BACKUPS; i++) {
			Files.createFile(root.resolve(backup(i % TARGETS, i / TARGETS)));
		}
	}

	/** Of 100 files 1 is an orphan, 1 a lock file, 10 are backups. */
	private static void mixture(Path root, int files) throws IOException {
		for (int i = 0; i < files; i++) {
			switch (i % 100) {
				case 0 -> old(Files.createFile(root.resolve(".target" + i + ".0123456789abcdef.tmp")));
				case 1 -> old(Files.createFile(root.resolve("target" + i + ".lock")));
				case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> Files.createFile(root.resolve(backup(i / 100, i % 100)));
				default -> Files.createFile(root.resolve("target" + i + ".json"));
			}
		}
	}

	private static String backup(int target, int day) {
		return "target" + target + "." + STAMP.format(OLD.minus(Duration.ofDays(day))) + ".backup";
	}

	private static void old(Path file) throws IOException {
		Files.setLastModifiedTime(file, FileTime.from(OLD));
	}

	private void row(String label, Content content) throws Exception {
		Path root = Files.createTempDirectory(this.parent, "atomicwrite-housekeeping");
		try {
			content.create(root);
			String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
			Process process = new ProcessBuilder(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"),
					HousekeepingScale.class.getName(), "sweep", root.toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			String result;
			try (InputStream in = process.getInputStream()) {
				result = new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
			}
			if (process.waitFor() != 0) {
				throw new IllegalStateException("the sweep ended with " + process.exitValue() + ": " + result);
			}
			this.out.printf("| %s | %s | %s |%n", Files.getFileStore(root).type(), label, result);
		}
		finally {
			new ProcessBuilder("rm", "-r", root.toString()).inheritIO().start().waitFor();
		}
	}

	private static void sweep(Path root) {
		try (LockRegistry locks = LockRegistry.file()) {
			SweepReport report = new Housekeeper(FileOps.system(), locks, InstantSource.system()).sweep(root,
					SweepOptions.builder().recursive(true).keepBackups(5).build());
			if (!report.complete() || report.failureCount() > 0) {
				throw new IllegalStateException(report.toString());
			}
			long removed = report.total().count();
			System.out.printf(Locale.ROOT, "%,d | %,d | %.1f | %d", removed, report.examined() - removed,
					report.elapsed().toMillis() / 1000.0, PeakHeap.mebibytes());
		}
	}

	private interface Content {

		void create(Path root) throws IOException;

	}

	/**
	 * What the heap has held at the most, garbage not yet collected included.
	 */
	private static final class PeakHeap {

		static long mebibytes() {
			return java.lang.management.ManagementFactory.getMemoryPoolMXBeans()
				.stream()
				.filter((pool) -> pool.getType() == java.lang.management.MemoryType.HEAP)
				.mapToLong((pool) -> pool.getPeakUsage().getUsed())
				.sum() >> 20;
		}

	}

}
