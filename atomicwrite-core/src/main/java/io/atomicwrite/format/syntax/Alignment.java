package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which elements of a list are which elements of another: equal ones in order, as many as
 * possible, and what is between them one by one.
 */
final class Alignment {

	/** More comparisons than this are not worth a smaller edit. */
	private static final long MAX_COMPARISONS = 4_000_000;

	private final List<@Nullable Object> before;

	private final List<@Nullable Object> after;

	private final List<Pair> pairs = new ArrayList<>();

	private Alignment(List<@Nullable Object> before, List<@Nullable Object> after) {
		this.before = before;
		this.after = after;
	}

	static List<Pair> of(List<@Nullable Object> before, List<@Nullable Object> after) {
		Alignment alignment = new Alignment(before, after);
		alignment.run();
		return alignment.pairs;
	}

	private void run() {
		int start = 0;
		int common = Math.min(this.before.size(), this.after.size());
		while (start < common && equal(start, start)) {
			this.pairs.add(new Pair(start, start));
			start++;
		}
		int tail = 0;
		while (tail < common - start && equal(this.before.size() - 1 - tail, this.after.size() - 1 - tail)) {
			tail++;
		}
		middle(start, this.before.size() - tail, this.after.size() - tail);
		for (int i = tail; i > 0; i--) {
			this.pairs.add(new Pair(this.before.size() - i, this.after.size() - i));
		}
	}

	private void middle(int start, int beforeEnd, int afterEnd) {
		int i = start;
		int j = start;
		if ((long) (beforeEnd - start) * (afterEnd - start) <= MAX_COMPARISONS) {
			int[][] longest = longest(start, beforeEnd, afterEnd);
			int gapBefore = start;
			int gapAfter = start;
			while (i < beforeEnd && j < afterEnd) {
				int both = longest[i - start][j - start];
				if (both == longest[i - start + 1][j - start]) {
					i++;
				}
				else if (both == longest[i - start][j - start + 1]) {
					j++;
				}
				else {
					gap(gapBefore, i, gapAfter, j);
					this.pairs.add(new Pair(i, j));
					i++;
					j++;
					gapBefore = i;
					gapAfter = j;
				}
			}
			i = gapBefore;
			j = gapAfter;
		}
		gap(i, beforeEnd, j, afterEnd);
	}

	/** The length of the longest common subsequence from each pair of places on. */
	private int[][] longest(int start, int beforeEnd, int afterEnd) {
		int[][] longest = new int[beforeEnd - start + 1][afterEnd - start + 1];
		for (int i = beforeEnd - 1; i >= start; i--) {
			for (int j = afterEnd - 1; j >= start; j--) {
				longest[i - start][j - start] = equal(i, j) ? longest[i - start + 1][j - start + 1] + 1
						: Math.max(longest[i - start + 1][j - start], longest[i - start][j - start + 1]);
			}
		}
		return longest;
	}

	private void gap(int beforeStart, int beforeEnd, int afterStart, int afterEnd) {
		int i = beforeStart;
		int j = afterStart;
		while (i < beforeEnd && j < afterEnd) {
			this.pairs.add(new Pair(i++, j++));
		}
		while (i < beforeEnd) {
			this.pairs.add(new Pair(i++, Pair.NONE));
		}
		while (j < afterEnd) {
			this.pairs.add(new Pair(Pair.NONE, j++));
		}
	}

	private boolean equal(int i, int j) {
		return Trees.equal(this.before.get(i), this.after.get(j));
	}

	/**
	 * An element of both lists, or of one.
	 *
	 * @param before the place in the one, or {@link #NONE}
	 * @param after the place in the other, or {@link #NONE}
	 */
	record Pair(int before, int after) {

		static final int NONE = -1;

		boolean isKept() {
			return this.before >= 0 && this.after >= 0;
		}

		boolean isAdded() {
			return this.before < 0;
		}

		boolean isRemoved() {
			return this.after < 0;
		}

	}

}
