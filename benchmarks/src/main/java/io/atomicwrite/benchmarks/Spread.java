package io.atomicwrite.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The median of some figures and how far they lie apart.
 *
 * @param median the middle one
 * @param min the least
 * @param max the greatest
 */
record Spread(double median, double min, double max) {

	static Spread of(double[] figures) {
		double[] sorted = figures.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Spread(median, sorted[0], sorted[sorted.length - 1]);
	}

	/** Divides the figures of two contenders round by round. */
	static Spread ofRatios(double[] figures, double[] base) {
		double[] ratios = new double[figures.length];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = figures[i] / base[i];
		}
		return of(ratios);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", this.median, this.min, this.max);
	}

}
