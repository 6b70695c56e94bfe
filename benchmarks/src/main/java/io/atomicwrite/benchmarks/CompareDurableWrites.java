package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;

/**
 * Compares durable writes side by side in one run and prints tables in Markdown. The
 * arguments are the directories to write in, the fastest first, which warms the code up
 * for the others; the system property {@code rounds} sets how often each contender has
 * its turn.
 */
public final class CompareDurableWrites {

	private static final int[] SIZES = { 1024, 1024 * 1024 };

	private final PrintStream out;

	private final int rounds;

	private CompareDurableWrites(PrintStream out, int rounds) {
		this.out = out;
		this.rounds = rounds;
	}

	/**
	 * Runs the comparison.
	 * @param directories the directories to write in, or none for the usual two
	 * @throws IOException if a write failed
	 */
	public static void main(String[] directories) throws IOException {
		CompareDurableWrites comparison = new CompareDurableWrites(System.out, Integer.getInteger("rounds", 30));
		List<Path> parents = Workspace.parents(directories);
		comparison.out.printf("%s, %d rounds%n%n", Workspace.machine(), comparison.rounds);
		comparison.compare(parents);
		comparison.checksums(parents);
		comparison.profile(parents);
	}

	private void compare(List<Path> parents) throws IOException {
		this.out.println(
				"| filesystem | size | by hand, µs | no lock, µs | lock, µs | no lock / hand | lock / hand | hand / hand |");
		this.out.println("|---|---|---|---|---|---|---|---|");
		for (Path parent : parents) {
			for (int size : SIZES) {
				try (Workspace workspace = Workspace.create(parent)) {
					print(workspace.filesystem(), size,
							new Comparison(workspace, size, Contender.USUAL).run(this.rounds));
				}
			}
		}
		this.out.println();
	}

	private void print(String filesystem, int size, Map<Contender, double[]> figures) {
		double[] hand = Objects.requireNonNull(figures.get(Contender.HAND));
		double[] none = Objects.requireNonNull(figures.get(Contender.NONE));
		double[] lock = Objects.requireNonNull(figures.get(Contender.LOCK));
		double[] control = Objects.requireNonNull(figures.get(Contender.CONTROL));
		this.out.printf(Locale.ROOT, "| %s | %s | %.0f | %.0f | %.0f | %s | %s | %s |%n", filesystem, label(size),
				Spread.of(hand).median(), Spread.of(none).median(), Spread.of(lock).median(),
				Spread.ofRatios(none, hand), Spread.ofRatios(lock, hand), Spread.ofRatios(control, hand));
	}

	private void checksums(List<Path> parents) throws IOException {
		this.out.println(
				"| filesystem | size | by hand, µs | lock / hand | attribute / hand | sidecar / hand | hand / hand |");
		this.out.println("|---|---|---|---|---|---|---|");
		for (Path parent : parents) {
			try (Workspace workspace = Workspace.create(parent)) {
				Map<Contender, double[]> figures = new Comparison(workspace, SIZES[0], Contender.CHECKSUMS)
					.run(this.rounds);
				double[] hand = Objects.requireNonNull(figures.get(Contender.HAND));
				this.out.printf(Locale.ROOT, "| %s | %s | %.0f |", workspace.filesystem(), label(SIZES[0]),
						Spread.of(hand).median());
				for (Contender contender : List.of(Contender.LOCK, Contender.ATTRIBUTE, Contender.SIDECAR,
						Contender.CONTROL)) {
					this.out.print(" " + Spread.ofRatios(Objects.requireNonNull(figures.get(contender)), hand) + " |");
				}
				this.out.println();
			}
		}
		this.out.println();
	}

	private void profile(List<Path> parents) throws IOException {
		WriteOptions lock = Workspace.templateOptions().build();
		WriteOptions none = Workspace.templateOptions().lock(LockRequest.none()).build();
		for (Path parent : parents) {
			try (Workspace workspace = Workspace.create(parent)) {
				Map<String, Map<WritePhase, Double>> columns = new LinkedHashMap<>();
				for (int size : SIZES) {
					columns.put(label(size) + ", no lock", new PhaseProfile(workspace, size, none).run());
					columns.put(label(size) + ", lock", new PhaseProfile(workspace, size, lock).run());
				}
				print(workspace.filesystem(), columns);
			}
		}
	}

	private void print(String filesystem, Map<String, Map<WritePhase, Double>> columns) {
		this.out.println("| phase, µs on " + filesystem + " | " + String.join(" | ", columns.keySet()) + " |");
		this.out.println("|---" + "|---".repeat(columns.size()) + "|");
		for (WritePhase phase : WritePhase.values()) {
			if (columns.values().stream().anyMatch((column) -> column.containsKey(phase))) {
				print(phase.name().toLowerCase(Locale.ROOT),
						columns.values().stream().map((column) -> column.getOrDefault(phase, 0.0)));
			}
		}
		print("all",
				columns.values()
					.stream()
					.map((column) -> column.values().stream().mapToDouble(Double::doubleValue).sum()));
		this.out.println();
	}

	private void print(String row, Stream<Double> micros) {
		this.out.println("| " + row
				+ micros.map((value) -> String.format(Locale.ROOT, " | %.1f", value)).reduce("", String::concat)
				+ " |");
	}

	private static String label(int size) {
		return (size < 1024 * 1024) ? (size / 1024) + " KiB" : (size / (1024 * 1024)) + " MiB";
	}

}
