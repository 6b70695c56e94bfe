package io.atomicwrite.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A unified diff with three lines of context, as {@code patch} accepts it. Of binary
 * content it reports only that it differs. Kept by hand: java-diff-utils writes no mark
 * for a last line without a newline, which {@code patch} needs.
 */
final class UnifiedDiff {

	private static final int CONTEXT = 3;

	private static final String NO_NEWLINE = "\n\\ No newline at end of file\n";

	private final List<String> before;

	private final List<String> after;

	private final StringBuilder text = new StringBuilder();

	private UnifiedDiff(List<String> before, List<String> after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Compares two contents.
	 * @param name the name of the file
	 * @param before the old content, or {@code null} if there is no file
	 * @param after the new content
	 * @return the diff, empty if there is no difference
	 */
	static byte[] of(String name, byte @Nullable [] before, byte[] after) {
		String old = (before != null) ? text(before) : "";
		String fresh = text(after);
		if (before != null && old.equals(fresh)) {
			return new byte[0];
		}
		String from = (before != null) ? quoted("a/", name) : "/dev/null";
		if (old.indexOf('\0') >= 0 || fresh.indexOf('\0') >= 0) {
			return bytes("Binary files " + utf8(from) + " and " + utf8(quoted("b/", name)) + " differ\n");
		}
		UnifiedDiff diff = new UnifiedDiff(lines(old), lines(fresh));
		diff.text.append("--- ").append(utf8(from)).append("\n+++ ").append(utf8(quoted("b/", name))).append('\n');
		diff.hunks(LineEdits.between(diff.before, diff.after));
		return bytes(diff.text.toString());
	}

	/** One char a byte, so that what is no UTF-8 comes through. */
	private static String text(byte[] content) {
		return new String(content, StandardCharsets.ISO_8859_1);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String utf8(String name) {
		return text(name.getBytes(StandardCharsets.UTF_8));
	}

	private static String quoted(String side, String name) {
		String path = name.startsWith("/") ? side + name.substring(1) : side + name;
		boolean plain = path.chars().noneMatch((c) -> c == '\n' || c == '\t' || c == '"' || c == '\\');
		return plain ? path : '"'
				+ path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + '"';
	}

	private static List<String> lines(String content) {
		List<String> lines = new ArrayList<>();
		for (int start = 0; start < content.length();) {
			int end = content.indexOf('\n', start);
			end = (end < 0) ? content.length() : end + 1;
			lines.add(content.substring(start, end));
			start = end;
		}
		return lines;
	}

	private void hunks(List<LineEdits.Edit> edits) {
		for (int first = 0; first < edits.size();) {
			int last = first;
			while (last + 1 < edits.size() && edits.get(last + 1).oldFrom() - edits.get(last).oldTo() <= 2 * CONTEXT) {
				last++;
			}
			hunk(edits.subList(first, last + 1));
			first = last + 1;
		}
	}

	private void hunk(List<LineEdits.Edit> edits) {
		LineEdits.Edit first = edits.get(0);
		LineEdits.Edit last = edits.get(edits.size() - 1);
		int lead = Math.min(CONTEXT, first.oldFrom());
		int trail = Math.min(CONTEXT, this.before.size() - last.oldTo());
		this.text.append("@@ -").append(range(first.oldFrom() - lead, last.oldTo() + trail));
		this.text.append(" +").append(range(first.newFrom() - lead, last.newTo() + trail)).append(" @@\n");
		int position = first.oldFrom() - lead;
		for (LineEdits.Edit edit : edits) {
			print(' ', this.before.subList(position, edit.oldFrom()));
			print('-', this.before.subList(edit.oldFrom(), edit.oldTo()));
			print('+', this.after.subList(edit.newFrom(), edit.newTo()));
			position = edit.oldTo();
		}
		print(' ', this.before.subList(position, position + trail));
	}

	/** Lines count from one; an empty range names the line before it. */
	private static String range(int from, int to) {
		int length = to - from;
		int start = (length == 0) ? from : from + 1;
		return (length == 1) ? String.valueOf(start) : start + "," + length;
	}

	private void print(char sign, List<String> lines) {
		for (String line : lines) {
			this.text.append(sign).append(line);
			if (!line.endsWith("\n")) {
				this.text.append(NO_NEWLINE);
			}
		}
	}

}
