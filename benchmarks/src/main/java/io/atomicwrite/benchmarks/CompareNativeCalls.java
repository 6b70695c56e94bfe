package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.atomicwrite.fs.NativeCalls;

/**
 * Compares writes by native calls with those by {@code java.nio} and those by hand, side
 * by side in one run, for a content of 1 KiB. The arguments are the directories to write
 * in; the system property {@code rounds} sets how often each contender has its turn.
 */
public final class CompareNativeCalls {

	private static final int SIZE = 1024;

	private static final List<Contender> RATIOS = List.of(Contender.NONE_JDK, Contender.NONE, Contender.LOCK_JDK,
			Contender.LOCK, Contender.CONTROL);

	private CompareNativeCalls() {
	}

	/**
	 * Runs the comparison, and exits with 1 if native calls are not used.
	 * @param directories the directories to write in, or none for the usual two
	 * @throws IOException if a write failed
	 */
	public static void main(String[] directories) throws IOException {
		PrintStream out = System.out;
		if (!NativeCalls.status().used()) {
			out.println("native calls are " + NativeCalls.status());
			System.exit(1);
		}
		int rounds = Integer.getInteger("rounds", 30);
		out.printf("%s, %d rounds%n%n", Workspace.machine(), rounds);
		out.println("| filesystem | by hand, µs | no lock, java.nio | no lock, native | lock, java.nio | lock, native "
				+ "| hand again |");
		out.println("|---|---|---|---|---|---|---|");
		List<Contender> all = Stream.concat(Stream.of(Contender.HAND), RATIOS.stream()).toList();
		for (Path parent : Workspace.parents(directories)) {
			try (Workspace workspace = Workspace.create(parent)) {
				print(out, workspace.filesystem(), new Comparison(workspace, SIZE, all).run(rounds));
			}
		}
	}

	private static void print(PrintStream out, String filesystem, Map<Contender, double[]> figures) {
		double[] hand = Objects.requireNonNull(figures.get(Contender.HAND));
		out.printf(Locale.ROOT, "| %s | %.0f |", filesystem, Spread.of(hand).median());
		for (Contender contender : RATIOS) {
			out.printf(" %s |", Spread.ofRatios(Objects.requireNonNull(figures.get(contender)), hand));
		}
		out.println();
	}

}
