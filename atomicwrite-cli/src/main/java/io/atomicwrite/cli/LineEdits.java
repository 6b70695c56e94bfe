package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The fewest lines to take away and put in, by the greedy algorithm of Myers (1986). Past
 * a number of differences the rest counts as one.
 */
final class LineEdits {

	private static final int MOST_DIFFERENCES = 2000;

	private final List<String> before;

	private final List<String> after;

	private final int start;

	private final int rows;

	private final int columns;

	private LineEdits(List<String> before, List<String> after) {
		this.before = before;
		this.after = after;
		int shorter = Math.min(before.size(), after.size());
		int head = 0;
		while (head < shorter && before.get(head).equals(after.get(head))) {
			head++;
		}
		int tail = 0;
		while (tail < shorter - head
				&& before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
			tail++;
		}
		this.start = head;
		this.rows = before.size() - head - tail;
		this.columns = after.size() - head - tail;
	}

	static List<Edit> between(List<String> before, List<String> after) {
		return new LineEdits(before, after).edits();
	}

	private List<Edit> edits() {
		if (this.rows == 0 && this.columns == 0) {
			return List.of();
		}
		List<int[]> rounds = new ArrayList<>();
		int most = Math.min(this.rows + this.columns, MOST_DIFFERENCES);
		int[] furthest = new int[2 * most + 3];
		for (int differences = 0; differences <= most; differences++) {
			if (advance(furthest, differences, most + 1)) {
				return joined(back(rounds, differences, most + 1));
			}
			rounds.add(furthest.clone());
		}
		return List.of(edit(0, this.rows, 0, this.columns));
	}

	/** Goes as far as that many differences lead on each diagonal. */
	private boolean advance(int[] furthest, int differences, int zero) {
		for (int diagonal = -differences; diagonal <= differences; diagonal += 2) {
			boolean down = diagonal == -differences
					|| (diagonal != differences && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1]);
			int row = down ? furthest[zero + diagonal + 1] : furthest[zero + diagonal - 1] + 1;
			int column = row - diagonal;
			while (row < this.rows && column >= 0 && column < this.columns && isSame(row, column)) {
				row++;
				column++;
			}
			furthest[zero + diagonal] = row;
			if (row >= this.rows && column >= this.columns) {
				return true;
			}
		}
		return false;
	}

	private boolean isSame(int row, int column) {
		return this.before.get(this.start + row).equals(this.after.get(this.start + column));
	}

	/** The single lines, last first. */
	private List<Edit> back(List<int[]> rounds, int differences, int zero) {
		List<Edit> single = new ArrayList<>();
		int row = this.rows;
		int column = this.columns;
		for (int left = differences; left > 0; left--) {
			int[] furthest = rounds.get(left - 1);
			int diagonal = row - column;
			boolean down = diagonal == -left
					|| (diagonal != left && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1]);
			int from = diagonal + (down ? 1 : -1);
			row = furthest[zero + from];
			column = row - from;
			single.add(down ? edit(row, row, column, column + 1) : edit(row, row + 1, column, column));
		}
		Collections.reverse(single);
		return single;
	}

	private Edit edit(int oldFrom, int oldTo, int newFrom, int newTo) {
		return new Edit(this.start + oldFrom, this.start + oldTo, this.start + newFrom, this.start + newTo);
	}

	private static List<Edit> joined(List<Edit> single) {
		List<Edit> joined = new ArrayList<>();
		for (Edit edit : single) {
			Edit last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
			if (last != null && last.oldTo() == edit.oldFrom() && last.newTo() == edit.newFrom()) {
				joined.set(joined.size() - 1, new Edit(last.oldFrom(), edit.oldTo(), last.newFrom(), edit.newTo()));
			}
			else {
				joined.add(edit);
			}
		}
		return joined;
	}

	/** Lines of the old content that give way to lines of the new. */
	record Edit(int oldFrom, int oldTo, int newFrom, int newTo) {
	}

}
