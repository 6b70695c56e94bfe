package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;

/**
 * Compares a write of a large stream with {@code cat} and {@code sync}, in turns within
 * one run. The arguments are the directories to write in; the system properties
 * {@code rounds} and {@code mebibytes} set how often each has its turn, and how much is
 * written.
 */
public final class CompareStreams {

	private static final int MEBIBYTE = 1024 * 1024;

	private final PrintStream out;

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
			WriteOptions options = Contender.templateOptions().build();
			double[] cat = new double[rounds];
			double[] again = new double[rounds];
			double[] engine = new double[rounds];
			// the first round warms up
			for (int round = -1; round < rounds; round++) {
				int at = Math.max(0, round);
				cat[at] = cat(source, byCat);
				long start = System.nanoTime();
				try (InputStream in = Files.newInputStream(source)) {
					template.write(byEngine, in, options);
				}
				engine[at] = rate(start);
				again[at] = cat(source, byCat);
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

	private double cat(Path source, Path target) throws IOException, InterruptedException {
		long start = System.nanoTime();
		String script = "cat \"$0\" >\"$1.new\" && sync \"$1.new\" && mv \"$1.new\" \"$1\" && sync \"${1%/*}\"";
		Process process = new ProcessBuilder("sh", "-c", script, source.toString(), target.toString()).inheritIO()
			.start();
		if (process.waitFor() != 0) {
			throw new IOException("cat or sync failed");
		}
		return rate(start);
	}

	private double rate(long start) {
		return this.mebibytes * 1e9 / (System.nanoTime() - start);
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

}
