package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * Compares the rate of locks of one host with that of another state of the engine, in
 * turns within one JVM, in an order that chance decides. The other state has two turns in
 * each round: how far these two differ is what the figures are worth.
 */
public final class CompareHostLocks {

	private static final long WARM_UP = 20_000;

	private static final long BATCH = 40;

	private CompareHostLocks() {
	}

	/**
	 * Runs the comparison.
	 * @param args the classes of the engine of the other state and of this one, the
	 * number of rounds, the smallest ratio of rates, and directories to lock files in
	 * @throws Exception if a class can't be loaded, or the rate is lower
	 */
	public static void main(String[] args) throws Exception {
		int rounds = Integer.parseInt(args[2]);
		double smallest = Double.parseDouble(args[3]);
		for (String directory : List.of(args).subList(4, args.length)) {
			try (Workspace workspace = Workspace.create(Path.of(directory))) {
				// one file each: what one state leaves open would hold up the other
				List<LongUnaryOperator> loops = List.of(load(args[0], workspace.target("before", new byte[1])),
						load(args[1], workspace.target("now", new byte[1])),
						load(args[0], workspace.target("control", new byte[1])));
				double rate = compare(workspace.filesystem(), loops, rounds);
				if (rate < smallest) {
					throw new IllegalStateException("the rate is " + rate + " of what it was");
				}
			}
		}
	}

	/** With nothing of the class path of this program but this directory. */
	private static LongUnaryOperator load(String engine, Path target) throws Exception {
		URL own = CompareHostLocks.class.getProtectionDomain().getCodeSource().getLocation();
		ClassLoader loader = new URLClassLoader(new URL[] { Path.of(engine).toUri().toURL(), own },
				ClassLoader.getPlatformClassLoader());
		return (LongUnaryOperator) loader.loadClass(HostLockLoop.class.getName())
			.getConstructor(Path.class)
			.newInstance(target);
	}

	private static double compare(String filesystem, List<LongUnaryOperator> loops, int rounds) throws IOException {
		loops.forEach((loop) -> loop.applyAsLong(WARM_UP));
		double[][] nanos = new double[loops.size()][rounds];
		List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
		Random random = new Random(1);
		for (int round = 0; round < rounds; round++) {
			Collections.shuffle(order, random);
			for (int number : order) {
				nanos[number][round] = (double) loops.get(number).applyAsLong(BATCH) / BATCH;
			}
		}
		Spread rate = Spread.ofRatios(nanos[0], nanos[1]);
		System.out.printf(Locale.ROOT,
				"%s: %.0f locks a second before, %.0f now; now / before %s, before / before %s%n", filesystem,
				1e9 / Spread.of(nanos[0]).median(), 1e9 / Spread.of(nanos[1]).median(), rate,
				Spread.ofRatios(nanos[0], nanos[2]));
		return rate.median();
	}

}
