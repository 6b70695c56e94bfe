package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.atomicwrite.fs.NativeCalls;

/**
 * What one lane of the evidence has tried and lost, written as JSON for
 * {@code evidence/records.md}: one file for each lane and scope.
 *
 * @param lane the name of the lane, in lower case with hyphens
 * @param method the method, as the table names it
 * @param tried what was tried, a sentence
 * @param count how much of it
 * @param unit what was counted
 * @param losses how many were lost, torn, overlapping or untrue
 * @param controls the runs that must lose
 * @param command the command that does it again
 * @param scope how much of the lane was run
 */
public record EvidenceRecord(String lane, String method, String tried, long count, String unit, long losses,
		List<Control> controls, String command, Scope scope) {

	/** The system property that names the directory of the records. */
	public static final String DIRECTORY = "evidence.dir";

	/**
	 * Creates a record without controls.
	 * @param lane the name of the lane
	 * @param method the method
	 * @param tried what was tried
	 * @param count how much of it
	 * @param unit what was counted
	 * @param losses how many were lost
	 * @param command the command that does it again
	 * @param scope how much of the lane was run
	 */
	public EvidenceRecord(String lane, String method, String tried, long count, String unit, long losses,
			String command, Scope scope) {
		this(lane, method, tried, count, unit, losses, List.of(), command, scope);
	}

	/**
	 * Creates a record.
	 * @param lane the name of the lane
	 * @param method the method
	 * @param tried what was tried
	 * @param count how much of it
	 * @param unit what was counted
	 * @param losses how many were lost
	 * @param controls the runs that must lose
	 * @param command the command that does it again
	 * @param scope how much of the lane was run
	 */
	public EvidenceRecord {
		if (!lane.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
			throw new IllegalArgumentException("no name of a lane: " + lane);
		}
		controls = List.copyOf(controls);
	}

	/**
	 * Returns the record with one more control.
	 * @param name what was broken on purpose
	 * @param count how much was tried
	 * @param found how many losses were seen
	 * @return the record
	 */
	public EvidenceRecord withControl(String name, long count, long found) {
		List<Control> more = new ArrayList<>(this.controls);
		more.add(new Control(name, count, found));
		return new EvidenceRecord(this.lane, this.method, this.tried, this.count, this.unit, this.losses, more,
				this.command, this.scope);
	}

	/**
	 * Writes the record; that of a run by native calls belongs to a lane of its own.
	 * @return the file
	 * @throws IOException if it can't be written
	 */
	public Path write() throws IOException {
		return NativeCalls.status().used() ? byNativeCalls().writeAsIs() : writeAsIs();
	}

	private EvidenceRecord byNativeCalls() {
		return new EvidenceRecord(this.lane + "-native", this.method, this.tried, this.count, this.unit, this.losses,
				this.controls, this.command + " -Datomicwrite.test.native=true", this.scope);
	}

	private Path writeAsIs() throws IOException {
		Path directory = Files.createDirectories(Path.of(System.getProperty(DIRECTORY, "target/evidence")));
		return Files.writeString(directory.resolve(this.lane + "-" + this.scope.text() + ".json"),
				json(Instant.now().truncatedTo(ChronoUnit.SECONDS), machine()));
	}

	private static String machine() {
		return "JDK " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
				+ System.getProperty("os.version").replaceFirst("-.*", "");
	}

	String json(Instant ran, String on) {
		String list = this.controls.stream().map(Control::json).collect(Collectors.joining(", "));
		return "{\n" + line("lane", text(this.lane)) + line("method", text(this.method))
				+ line("tried", text(this.tried)) + line("count", Long.toString(this.count))
				+ line("unit", text(this.unit)) + line("losses", Long.toString(this.losses))
				+ line("controls", "[" + list + "]") + line("command", text(this.command))
				+ line("scope", text(howMuch())) + line("ran", text(ran.toString())) + "  \"on\": " + text(on)
				+ "\n}\n";
	}

	private String howMuch() {
		Slice slice = Slice.current();
		return slice.isWhole() ? this.scope.text() : "part " + slice;
	}

	private static String line(String key, String value) {
		return "  \"" + key + "\": " + value + ",\n";
	}

	private static String text(String value) {
		StringBuilder quoted = new StringBuilder("\"");
		for (char c : value.toCharArray()) {
			switch (c) {
				case '"', '\\' -> quoted.append('\\').append(c);
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				default -> quoted.append(
						(c < ' ' || Character.isSurrogate(c)) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
			}
		}
		return quoted.append('"').toString();
	}

	/**
	 * A run with something broken on purpose, whose losses show that the lane sees them.
	 *
	 * @param name what was broken
	 * @param count how much was tried
	 * @param losses how many losses were seen
	 */
	public record Control(String name, long count, long losses) {

		String json() {
			return "{\"name\": " + text(this.name) + ", \"count\": " + this.count + ", \"losses\": " + this.losses
					+ "}";
		}

	}

	/**
	 * How much of a lane was run.
	 */
	public enum Scope {

		/** The part that CI runs. */
		SLICE,

		/** The run on demand. */
		LONG;

		/**
		 * Returns the command that runs so much of some tests of the engine.
		 * @param tests the tests, as Surefire selects them
		 * @return the command
		 */
		public String command(String tests) {
			return "mvn -pl atomicwrite-core " + ((this == LONG) ? "-Pslow " : "") + "test -Dtest=" + tests;
		}

		String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
