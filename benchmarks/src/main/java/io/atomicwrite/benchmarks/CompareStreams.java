package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;

/**
 * Compares a write of a large stream with {@code cat} and {@code sync}. In each round all
 * have their turn, in random order, and each turn begins once the filesystem has nothing
 * left to write: the disk works off what the turn before has left it. The arguments are
 * the directories to write in; the system properties {@code rounds} and {@code mebibytes}
 * set how often each has its turn, and how much is written.
 */
public final class CompareStreams {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final String CAT = "cat \"$0\" >\"$1.new\" && sync \"$1.new\" && mv \"$1.new\" \"$1\""
			+ " && sync \"${1%/*}\"";

	private final PrintStream out;

	private final Random order = new Random(1);

	private final int mebibytes = Integer.getInteger("mebibytes", 100);

	private CompareStreams(PrintStream out) {
		this.out = out;
	}

	/**
	 * Runs the comparison.
	 * @param directories the directories to write in, or none for the usual two
	 * @throws Exception if a write failed
	 */
	public static void main(String[] directories) throws Exception {
		CompareStreams comparison = new CompareStreams(System.out);
		int rounds = Integer.getInteger("rounds", 10);
		comparison.out.printf("%s, %d rounds%n%n", Workspace.machine(), rounds);
		comparison.out.println(
				"| filesystem | MiB | cat and sync, MiB/s | engine / cat | cat again / cat | memory of the JVM, MiB |");
		comparison.out.println("|---|---|---|---|---|---|");
		for (Path parent : Workspace.parents(directories)) {
			comparison.compare(parent, rounds);
		}
	}

	private void compare(Path parent, int rounds) throws Exception {
		try (Workspace workspace = Workspace.create(parent)) {
			Path source = workspace.target("source", new byte[0]);
			fill(source);
			Path byCat = workspace.target("cat", new byte[0]);
			Path byEngine = workspace.target("engine", new byte[0]);
			AtomicFileTemplate template = AtomicFileTemplate.create();
			WriteOptions options = Workspace.templateOptions().build();
			double[] cat = new double[rounds];
			double[] again = new double[rounds];
			double[] engine = new double[rounds];
			Turn byHand = () -> run(CAT, source.toString(), byCat.toString());
			Turn byTemplate = () -> {
				try (InputStream in = Files.newInputStream(source)) {
					template.write(byEngine, in, options);
				}
			};
			// the first round warms up
			for (int round = -1; round < rounds; round++) {
				int at = Math.max(0, round);
				List<Turn> turns = new ArrayList<>();
				turns.add(() -> cat[at] = rate(source, byHand));
				turns.add(() -> engine[at] = rate(source, byTemplate));
				turns.add(() -> again[at] = rate(source, byHand));
				Collections.shuffle(turns, this.order);
				for (Turn turn : turns) {
					turn.run();
				}
			}
			this.out.printf(Locale.ROOT, "| %s | %d | %.0f | %s | %s | %d |%n", workspace.filesystem(), this.mebibytes,
					Spread.of(cat).median(), Spread.ofRatios(engine, cat), Spread.ofRatios(again, cat), memory());
		}
	}

	private void fill(Path source) throws IOException {
		byte[] part = Workspace.content(MEBIBYTE);
		try (var stream = Files.newOutputStream(source)) {
			for (int i = 0; i < this.mebibytes; i++) {
				stream.write(part);
			}
		}
	}

	private double rate(Path onFilesystem, Turn turn) throws Exception {
		run("sync -f \"$0\"", onFilesystem.toString());
		long start = System.nanoTime();
		turn.run();
		return this.mebibytes * 1e9 / (System.nanoTime() - start);
	}

	private static void run(String script, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("sh", "-c", script));
		command.addAll(List.of(arguments));
		if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
			throw new IOException("failed: " + script);
		}
	}

	/** Returns the most that was resident, as the kernel counts it. */
	private static long memory() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmHWM:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
			.findFirst()
			.orElse(-1);
	}

	/** What one of them does when it has its turn. */
	private interface Turn {

		void run() throws Exception;

	}

}
