package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Runs the contenders in turns, so that what else the machine does meets them all. Each
 * round gives every contender a batch of writes, in an order that changes from round to
 * round; its figure is the mean time of a write in that batch.
 */
final class Comparison {

	private static final long WARM_UP_NANOS = 3_000_000_000L;

	private static final long BATCH_NANOS = 40_000_000L;

	private static final int SMALLEST_BATCH = 8;

	private final Map<Contender, DurableWrite> writes = new EnumMap<>(Contender.class);

	private final Map<Contender, Path> targets = new EnumMap<>(Contender.class);

	private final byte[] content;

	Comparison(Workspace workspace, int size) throws IOException {
		this.content = Workspace.content(size);
		for (Contender contender : Contender.values()) {
			this.writes.put(contender, contender.create());
			this.targets.put(contender, workspace.target(contender.name(), this.content));
		}
	}

	/** Returns the microseconds of a write, for each contender and round. */
	Map<Contender, double[]> run(int rounds) throws IOException {
		int batch = warmUp();
		Contender[] order = Contender.values();
		Map<Contender, double[]> figures = new EnumMap<>(Contender.class);
		for (Contender contender : order) {
			figures.put(contender, new double[rounds]);
		}
		for (int round = 0; round < rounds; round++) {
			for (int turn = 0; turn < order.length; turn++) {
				Contender contender = order[(round + turn) % order.length];
				figures.get(contender)[round] = batch(contender, batch);
			}
		}
		return figures;
	}

	/** Returns how many writes make a batch. */
	private int warmUp() throws IOException {
		long start = System.nanoTime();
		double micros = 0;
		while (System.nanoTime() - start < WARM_UP_NANOS) {
			for (Contender contender : Contender.values()) {
				micros = batch(contender, SMALLEST_BATCH);
			}
		}
		return (int) Math.max(SMALLEST_BATCH, BATCH_NANOS / (micros * 1000));
	}

	private double batch(Contender contender, int size) throws IOException {
		DurableWrite write = this.writes.get(contender);
		Path target = this.targets.get(contender);
		long start = System.nanoTime();
		for (int i = 0; i < size; i++) {
			write.write(target, this.content);
		}
		return (System.nanoTime() - start) / 1000.0 / size;
	}

}
