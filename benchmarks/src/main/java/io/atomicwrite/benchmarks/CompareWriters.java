package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Compares how many durable writes of 1 KiB a second several threads make, each of files
 * of its own, with those by hand and by other libraries, in turns within one run. The
 * arguments are the directories to write in; the system properties {@code rounds},
 * {@code threads} and {@code millis} set how often each contender has its turn, for which
 * numbers of threads, and for how long, and {@code contenders} who is compared;
 * {@code directories=each} gives each thread a directory of its own, and
 * {@code files=one} lets all threads write one file.
 */
public final class CompareWriters {

	private static final int SIZE = 1024;

	private static final int WARM_UP_ROUNDS = 8;

	private static final List<Contender> CONTENDERS = List.of(Contender.CONTROL, Contender.KAFKA, Contender.LUCENE,
			Contender.NONE, Contender.IN_PROCESS, Contender.LOCK);

	private static final List<Contender> LOCKED = List.of(Contender.IN_PROCESS, Contender.LOCK);

	private final PrintStream out;

	private final int rounds = Integer.getInteger("rounds", 20);

	private final long millis = Long.getLong("millis", 250);

	private final boolean ownDirectories = "each".equals(System.getProperty("directories"));

	private final boolean oneFile = "one".equals(System.getProperty("files"));

	private final List<Contender> shown = shown(this.oneFile);

	private CompareWriters(PrintStream out) {
		this.out = out;
	}

	/**
	 * Runs the comparison.
	 * @param directories the directories to write in, or none for the usual two
	 * @throws Exception if a write failed
	 */
	public static void main(String[] directories) throws Exception {
		// Kafka asks for a logger, and there is none
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		CompareWriters comparison = new CompareWriters(System.out);
		comparison.environment();
		for (Path parent : Workspace.parents(directories)) {
			for (String threads : System.getProperty("threads", "1,16,64").split(",")) {
				comparison.compare(parent, Integer.parseInt(threads));
			}
		}
	}

	/** One file at a time by several threads is for those who lock. */
	private static List<Contender> shown(boolean oneFile) {
		String chosen = System.getProperty("contenders", "");
		if (!chosen.isEmpty()) {
			return Stream.of(chosen.split(",")).map(Contender::valueOf).toList();
		}
		return oneFile ? LOCKED : CONTENDERS;
	}

	private void environment() {
		this.out.printf("%s, %d rounds of %d ms%n%n", Workspace.machine(), this.rounds, this.millis);
		this.out.println("| filesystem | threads | by hand, writes/s |"
				+ String.join("", this.shown.stream().map((contender) -> " " + label(contender) + " |").toList()));
		this.out.println("|---|---|---|" + "---|".repeat(this.shown.size()));
	}

	private static String label(Contender contender) {
		return switch (contender) {
			case CONTROL -> "by hand again";
			case KAFKA -> "Kafka";
			case LUCENE -> "Lucene";
			case NONE -> "no lock";
			case IN_PROCESS -> "in-process lock";
			case LOCK -> "lock";
			default -> contender.name();
		};
	}

	private void compare(Path parent, int threads) throws Exception {
		try (Workspace workspace = Workspace.create(parent)) {
			Map<Contender, double[]> figures = run(workspace, threads);
			double[] hand = Objects.requireNonNull(figures.remove(Contender.HAND));
			this.out.printf(Locale.ROOT, "| %s | %d | %.0f |", workspace.filesystem(), threads,
					Spread.of(hand).median());
			figures.values().forEach((found) -> this.out.printf(" %s |", Spread.ofRatios(found, hand)));
			this.out.println();
		}
	}

	/** Returns the writes a second, for each contender and round. */
	private Map<Contender, double[]> run(Workspace workspace, int threads) throws Exception {
		Map<Contender, double[]> figures = new EnumMap<>(Contender.class);
		Map<Contender, DurableWrite> writes = new EnumMap<>(Contender.class);
		Map<Contender, List<Path>> targets = new EnumMap<>(Contender.class);
		List<Contender> order = new ArrayList<>(this.shown);
		order.add(Contender.HAND);
		for (Contender contender : order) {
			writes.put(contender, contender.create());
			targets.put(contender, targets(workspace, contender, threads));
			figures.put(contender, new double[this.rounds]);
		}
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			Random random = new Random(1);
			for (int round = -WARM_UP_ROUNDS; round < this.rounds; round++) {
				Collections.shuffle(order, random);
				for (Contender contender : order) {
					double found = turn(pool, Objects.requireNonNull(writes.get(contender)),
							Objects.requireNonNull(targets.get(contender)));
					if (round >= 0) {
						Objects.requireNonNull(figures.get(contender))[round] = found;
					}
				}
			}
		}
		finally {
			pool.shutdown();
		}
		return figures;
	}

	private List<Path> targets(Workspace workspace, Contender contender, int threads) throws IOException {
		// by hand, one file by several threads would fail: one thread sets the measure
		boolean alone = this.oneFile && contender == Contender.HAND;
		List<Path> targets = new ArrayList<>();
		byte[] content = Workspace.content(SIZE);
		for (int thread = 0; thread < (alone ? 1 : threads); thread++) {
			String name = contender.name().toLowerCase(Locale.ROOT) + (this.oneFile ? 0 : thread);
			targets.add(this.ownDirectories ? Files.write(workspace.directory(name).resolve("file"), content)
					: workspace.target(name, content));
		}
		return targets;
	}

	private double turn(ExecutorService pool, DurableWrite write, List<Path> targets)
			throws InterruptedException, ExecutionException {
		byte[] content = Workspace.content(SIZE);
		long start = System.nanoTime();
		long end = start + TimeUnit.MILLISECONDS.toNanos(this.millis);
		List<Future<Integer>> running = new ArrayList<>();
		for (Path target : targets) {
			running.add(pool.submit(() -> {
				int count = 0;
				while (System.nanoTime() < end) {
					write.write(target, content);
					count++;
				}
				return count;
			}));
		}
		long all = 0;
		for (Future<Integer> one : running) {
			all += one.get();
		}
		return all * 1e9 / (System.nanoTime() - start);
	}

}
