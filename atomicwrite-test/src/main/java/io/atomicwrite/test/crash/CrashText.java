package io.atomicwrite.test.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.atomicwrite.test.crash.CrashImage.Content;
import io.atomicwrite.test.crash.CrashStep.Kind;

/**
 * Prints calls and disks, with names relative to the directory of the machine.
 */
final class CrashText {

	private static final int LONGEST = 72;

	private final Path directory;

	CrashText(Path directory) {
		this.directory = directory;
	}

	String name(Path path) {
		return path.equals(this.directory) ? "."
				: path.startsWith(this.directory) ? this.directory.relativize(path).toString() : path.toString();
	}

	/** The names in a call. */
	String names(CrashStep call) {
		Path other = call.other();
		return name(call.path()) + ((other != null) ? " -> " + name(other) : "");
	}

	/** The calls, and where the power was cut. */
	String calls(List<CrashStep> calls, int cut) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i <= calls.size(); i++) {
			if (i == cut) {
				text.append("      -------- power cut --------\n");
			}
			if (i < calls.size()) {
				text.append(
						String.format(Locale.ROOT, "%5d %-15s %s%n", i + 1, calls.get(i).kind(), call(calls.get(i))));
			}
		}
		return text.toString();
	}

	private String call(CrashStep call) {
		if (call.kind() == Kind.ACKNOWLEDGE) {
			return quoted(call.text());
		}
		String names = names(call);
		return switch (call.kind()) {
			case WRITE -> names + " " + quoted(call.text());
			case ATTRIBUTE -> names + " " + call.attribute();
			case SYMBOLIC_LINK -> names + " to " + call.text();
			default -> names;
		};
	}

	/** What is in the directory after a cut. */
	String disk(CrashImage image) {
		StringBuilder text = new StringBuilder();
		for (Path directory : image.directories()) {
			if (directory.startsWith(this.directory) && !directory.equals(this.directory)) {
				text.append("      ").append(name(directory)).append("/\n");
			}
		}
		image.names().forEach((name, number) -> {
			Content content = image.files().get(number);
			String held = (content != null) ? content.text() : "";
			text.append("      ").append(name(name));
			if (content != null && content.link()) {
				text.append(" -> ").append(held).append('\n');
			}
			else {
				text.append("  ").append(held.length()).append(" bytes  ").append(quoted(held)).append('\n');
			}
		});
		return text.isEmpty() ? "      nothing\n" : text.toString();
	}

	private static String quoted(String bytes) {
		StringBuilder text = new StringBuilder("\"");
		for (char c : bytes.substring(0, Math.min(LONGEST, bytes.length())).toCharArray()) {
			switch (c) {
				case '\n' -> text.append("\\n");
				case '\0' -> text.append("\\0");
				case '"' -> text.append("\\\"");
				default -> text.append((c < ' ') ? '?' : c);
			}
		}
		return text.append((bytes.length() > LONGEST) ? "..." : "").append('"').toString();
	}

}
