package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Runs the contenders in turns, so that what else the machine does meets them all. Each
 * round gives every contender a batch of writes, in an order that chance decides; its
 * figure is the mean time of a write in that batch.
 */
final class Comparison {

	/** By then the compiler has done what it does, if it gets the processor. */
	private static final int WARM_UP_WRITES = 30_000;

	private static final long LONGEST_WARM_UP_NANOS = 15_000_000_000L;

	private static final long BATCH_NANOS = 40_000_000L;

	private static final int SMALLEST_BATCH = 8;

	private final Map<Contender, DurableWrite> writes = new EnumMap<>(Contender.class);

	private final Map<Contender, Path> targets = new EnumMap<>(Contender.class);

	private final List<Contender> contenders;

	private final byte[] content;

	Comparison(Workspace workspace, int size, List<Contender> contenders) throws IOException {
		this.contenders = List.copyOf(contenders);
		this.content = Workspace.content(size);
		for (Contender contender : contenders) {
			this.writes.put(contender, contender.create());
			this.targets.put(contender, workspace.target(contender.name(), this.content));
		}
	}

	/** Returns the microseconds of a write, for each contender and round. */
	Map<Contender, double[]> run(int rounds) throws IOException {
		int batch = warmUp();
		List<Contender> order = new ArrayList<>(this.contenders);
		Random random = new Random(1);
		Map<Contender, double[]> figures = new EnumMap<>(Contender.class);
		for (Contender contender : order) {
			figures.put(contender, new double[rounds]);
		}
		for (int round = 0; round < rounds; round++) {
			Collections.shuffle(order, random);
			for (Contender contender : order) {
				Objects.requireNonNull(figures.get(contender))[round] = batch(contender, batch);
			}
		}
		return figures;
	}

	/** Returns how many writes make a batch. */
	private int warmUp() throws IOException {
		long start = System.nanoTime();
		double micros = 0;
		for (int writes = 0; writes < WARM_UP_WRITES
				&& System.nanoTime() - start < LONGEST_WARM_UP_NANOS; writes += SMALLEST_BATCH) {
			for (Contender contender : this.contenders) {
				micros = batch(contender, SMALLEST_BATCH);
			}
		}
		return (int) Math.max(SMALLEST_BATCH, BATCH_NANOS / (micros * 1000));
	}

	/** Returns the median microseconds of a write. */
	private double batch(Contender contender, int size) throws IOException {
		DurableWrite write = Objects.requireNonNull(this.writes.get(contender));
		Path target = Objects.requireNonNull(this.targets.get(contender));
		double[] micros = new double[size];
		for (int i = 0; i < size; i++) {
			long start = System.nanoTime();
			write.write(target, this.content);
			micros[i] = (System.nanoTime() - start) / 1000.0;
		}
		return Spread.of(micros).median();
	}

}
