package io.atomicwrite.spring.autoconfigure;

/**
 * The number of characters to insert, delete, replace or exchange with the next one to
 * make one text of another (optimal string alignment).
 */
final class EditDistance {

	private EditDistance() {
	}

	static int of(String from, String to) {
		int[][] distances = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				distances[i][j] = (i == 0 || j == 0) ? i + j : least(distances, from, to, i, j);
			}
		}
		return distances[from.length()][to.length()];
	}

	private static int least(int[][] distances, String from, String to, int i, int j) {
		boolean same = from.charAt(i - 1) == to.charAt(j - 1);
		int least = Math.min(distances[i - 1][j - 1] + (same ? 0 : 1),
				Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
		boolean exchanged = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
				&& from.charAt(i - 2) == to.charAt(j - 1);
		return exchanged ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
	}

}
