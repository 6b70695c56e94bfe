package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.document.AtomicDocument;

/**
 * Compares an own update of a document with {@code writeValue} of the same value to a
 * file of the same content, in turns within one run, and measures reads of the value and
 * updates by several threads. Prints Markdown. The arguments are the directories to write
 * in; the system property {@code rounds} sets how often each has its turn.
 */
public final class CompareDocuments {

	private static final long WARM_UP_NANOS = 10_000_000_000L;

	private static final int BATCH = 8;

	private static final int THREADS = 8;

	private static final int READS = 100_000_000;

	private static final byte[] CONTENT = """
			# settings of the benchmark
			name: benchmark
			count: 1
			hosts:
			  - one.example
			  - two.example   # the second one
			""".getBytes();

	private final PrintStream out;

	private final int rounds;

	private CompareDocuments(PrintStream out, int rounds) {
		this.out = out;
		this.rounds = rounds;
	}

	/**
	 * Runs the comparison.
	 * @param directories the directories to write in, or none for the usual two
	 * @throws Exception if a write failed
	 */
	public static void main(String[] directories) throws Exception {
		CompareDocuments comparison = new CompareDocuments(System.out, Integer.getInteger("rounds", 40));
		comparison.out.println("| filesystem | format | writeValue, µs | update, µs | update / writeValue "
				+ "| writeValue / writeValue | updates a second, " + THREADS + " threads | current(), ns |");
		comparison.out.println("|---|---|---|---|---|---|---|---|");
		for (Path parent : Workspace.parents(directories)) {
			for (String format : List.of("yaml", "json")) {
				try (Workspace workspace = Workspace.create(parent)) {
					comparison.compare(workspace, format);
				}
			}
		}
	}

	private void compare(Workspace workspace, String format) throws Exception {
		WriteOptions options = Workspace.templateOptions().build();
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().defaults(options).build()) {
			Path written = target(template, workspace, "written." + format);
			AtomicDocument<Settings> document = template.document(target(template, workspace, "document." + format),
					Settings.class);
			Turn write = (i) -> template.writeValue(written, document.current().counted(i));
			Turn update = (i) -> document.update((old) -> old.counted(old.count() + 1));
			double[][] figures = run(List.of(write, update, write));
			double together = together(document);
			double read = read(document);
			document.close();
			this.out.printf(Locale.ROOT, "| %s | %s | %.0f | %.0f | %s | %s | %.0f | %.1f |%n", workspace.filesystem(),
					format, Spread.of(figures[0]).median(), Spread.of(figures[1]).median(),
					Spread.ofRatios(figures[1], figures[0]), Spread.ofRatios(figures[2], figures[0]), together, read);
		}
	}

	private static Path target(AtomicFileTemplate template, Workspace workspace, String name) throws IOException {
		Path target = workspace.target(name, name.endsWith("json") ? "{}".getBytes() : CONTENT);
		template.writeValue(target, new Settings("benchmark", 1, List.of("one.example", "two.example")));
		return target;
	}

	/** Returns the median microseconds of a call, for each contender and round. */
	private double[][] run(List<Turn> contenders) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < WARM_UP_NANOS) {
			contenders.forEach(CompareDocuments::batch);
		}
		double[][] figures = new double[contenders.size()][this.rounds];
		List<Integer> order = new ArrayList<>(Stream.iterate(0, (i) -> i + 1).limit(contenders.size()).toList());
		Random random = new Random(1);
		for (int round = 0; round < this.rounds; round++) {
			Collections.shuffle(order, random);
			for (int contender : order) {
				figures[contender][round] = batch(contenders.get(contender));
			}
		}
		return figures;
	}

	private static double batch(Turn turn) {
		double[] micros = new double[BATCH];
		for (int i = 0; i < BATCH; i++) {
			long start = System.nanoTime();
			turn.run((int) (start >>> 8));
			micros[i] = (System.nanoTime() - start) / 1000.0;
		}
		return Spread.of(micros).median();
	}

	/** Returns how many updates several threads make in a second. */
	private double together(AtomicDocument<Settings> document) throws InterruptedException {
		int each = this.rounds * BATCH / 4;
		CountDownLatch done = new CountDownLatch(THREADS);
		long start = System.nanoTime();
		for (int i = 0; i < THREADS; i++) {
			new Thread(() -> {
				for (int k = 0; k < each; k++) {
					document.update((old) -> old.counted(old.count() + 1));
				}
				done.countDown();
			}).start();
		}
		done.await();
		return THREADS * each / ((System.nanoTime() - start) / 1e9);
	}

	/** Returns the nanoseconds of a read of the value, in a loop that uses it. */
	private double read(AtomicDocument<Settings> document) {
		double best = Double.MAX_VALUE;
		int sum = 0;
		for (int round = 0; round < 5; round++) {
			long start = System.nanoTime();
			for (int i = 0; i < READS; i++) {
				sum += document.current().count();
			}
			best = Math.min(best, (System.nanoTime() - start) / (double) READS);
		}
		if (sum == 42) {
			this.out.println();
		}
		return best;
	}

	/**
	 * One call of a contender.
	 */
	private interface Turn {

		void run(int number);

	}

	/**
	 * What the files hold.
	 *
	 * @param name a text
	 * @param count a number, which changes
	 * @param hosts a list
	 */
	public record Settings(String name, int count, List<String> hosts) {

		Settings counted(int next) {
			return new Settings(this.name, next, this.hosts);
		}

	}

}
