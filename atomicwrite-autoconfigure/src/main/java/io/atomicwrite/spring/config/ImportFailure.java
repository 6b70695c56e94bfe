package io.atomicwrite.spring.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.Remedy;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.fs.IoErrors;

/**
 * Words why a file can't be imported, and what to do about it.
 */
final class ImportFailure {

	private static final String PREFIX = "atomicwrite.config-import.";

	private final AtomicFileConfigDataResource resource;

	private final Exception cause;

	private final ImportReader reader;

	ImportFailure(AtomicFileConfigDataResource resource, ImportReader reader, Exception cause) {
		this.reader = reader;
		this.resource = resource;
		this.cause = cause;
	}

	ConfigImportException unreadable() {
		if (this.cause instanceof ImportReader.UnusableFileException unusable) {
			return unusable.isDirectory()
					? ConfigImportException.ofDirectory(this.resource.place(), this.resource.file().toString())
					: new ConfigImportException(subject() + " " + unusable.reason() + ".",
							"Import another file, or make it a regular file of that size.");
		}
		IOException error = (IOException) this.cause;
		return new ConfigImportException(subject() + " can't be read: " + IoErrors.text(error) + ".",
				sentence(Remedy.ofReading(IoErrors.classify(error)).text()));
	}

	ConfigImportException withLastGood(ImportReader.Candidate good) {
		return new ConfigImportException(
				description() + line("last good: " + good.path() + ", " + age(good.made()) + " old"),
				remedy() + " To start with the last good version, set '" + PREFIX + "when-corrupt' to last-good.");
	}

	ConfigImportException withoutLastGood(List<String> refused) {
		StringBuilder text = new StringBuilder(description());
		if (refused.isEmpty()) {
			text.append(line("last good: none, as it has no backup"));
		}
		refused.forEach((reason) -> text.append(line("last good: none, as " + reason)));
		return new ConfigImportException(text.toString(), remedy());
	}

	private String description() {
		if (this.cause instanceof MalformedContentException ex) {
			return subject() + " is malformed:" + line(String.valueOf(ex.getMessage()));
		}
		if (this.cause instanceof ChecksumMismatchException ex) {
			String where = ex.problem().obstacle().map(Path::toString).orElse("its attribute");
			return subject() + " does not match its checksum:" + line("expected: " + ex.expected() + " (" + where + ")")
					+ line("found:    " + ex.found()) + malformed();
		}
		return subject() + " " + ((AtomicWriteException) this.cause).problem().summary() + ":"
				+ line("'" + PREFIX + "verify' requires a checksum");
	}

	/** Where the parser stumbles, damage often is. */
	private String malformed() {
		try {
			ConfigFileFormat.parse(this.resource, this.reader.read(this.resource.file(),
					this.resource.with(ConfigImportProperties.Verify.OFF).settings()));
			return "";
		}
		catch (MalformedContentException ex) {
			return line("malformed: " + ex.getMessage());
		}
		catch (IOException ex) {
			return "";
		}
	}

	private String remedy() {
		if (this.cause instanceof MalformedContentException ex) {
			return (ex.line() > 0) ? "Correct the file at line " + ex.line() + ", column " + ex.column() + "."
					: "Correct the file.";
		}
		Path name = this.resource.file().getFileName();
		String anew = "write its checksum anew (sha256sum " + name + " > " + name + ".sha256)";
		String off = "set '" + PREFIX + "verify' to ";
		if (this.cause instanceof ChecksumMismatchException) {
			return "Restore the file from a backup. If it was edited on purpose, " + anew + ", or " + off
					+ "off to import it unverified.";
		}
		return "If its content is right, " + anew + ", or " + off + "if-present.";
	}

	private String subject() {
		return "The config file " + this.resource.file() + ", imported by " + this.resource.place() + ",";
	}

	private static String line(String text) {
		return System.lineSeparator() + "    " + text;
	}

	private static String sentence(String clause) {
		return clause.isEmpty() ? "See the error above."
				: Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
	}

	/** The age of a time, in the largest unit. */
	static String age(Instant time) {
		Duration age = Duration.between(time, Instant.now());
		if (age.toDays() > 0) {
			return count(age.toDays(), "day");
		}
		if (age.toHours() > 0) {
			return count(age.toHours(), "hour");
		}
		return (age.toMinutes() > 0) ? count(age.toMinutes(), "minute") : count(Math.max(0, age.toSeconds()), "second");
	}

	private static String count(long number, String unit) {
		return number + " " + unit + ((number == 1) ? "" : "s");
	}

}
