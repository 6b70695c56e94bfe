package io.atomicwrite.spring.directory;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * A path in a property. Refuses what is a path by the letter, but can't be meant as one:
 * what a shell, Spring or another system would have expanded. It would otherwise be
 * created in the working directory.
 */
public final class ConfiguredPath {

	/** A scheme has two letters at least; one letter is a drive. */
	private static final Pattern FILE_URL = Pattern.compile("(?i)file:(?://(?=/))?(?<path>.*)");

	private static final Pattern URL = Pattern.compile(
			"(?i)(?:(?:classpath\\*?|jar|https?|url|resource|s3|gs|ftp|sftp|smb|nfs|file):.*|[a-z][a-z0-9+.-]+://.*)");

	private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:([\\\\/].*)?");

	private static final Pattern HOME = Pattern.compile("~(?<user>[^/\\\\]*)(?<rest>[/\\\\].*)?");

	private static final Pattern VARIABLE = Pattern.compile(
			"\\$\\{[^}]*}?|\\$\\([^)]*\\)?|\\$[A-Za-z_]\\w*|%[A-Za-z_]\\w*%|#\\{[^}]*}?|(?<![^/])@[\\w.-]+@|`[^`]*`?");

	private final String property;

	private final String text;

	private ConfiguredPath(String property, String text) {
		this.property = property;
		this.text = text;
	}

	/**
	 * Parses a path.
	 * @param property the property
	 * @param text its value, not blank
	 * @return the path
	 * @throws InvalidConfigurationPropertyValueException if it can't be meant, with the
	 * right spelling
	 */
	public static Path parse(String property, String text) {
		ConfiguredPath path = new ConfiguredPath(property, text);
		path.refuseInvisible();
		path.refuseQuotes();
		path.refuseUrl();
		path.refuseHome();
		path.refuseVariable();
		path.refuseWindows();
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw path.refused("Not a path: " + ex.getReason() + ".");
		}
	}

	private void refuseInvisible() {
		int[] control = this.text.codePoints().filter(ConfiguredPath::isInvisible).limit(1).toArray();
		if (control.length > 0) {
			throw refused("It has a control character, U+%04X. Remove it.".formatted(control[0]));
		}
		String stripped = strip(this.text);
		if (!stripped.equals(this.text)) {
			throw refused("It begins or ends with a blank. Write " + stripped + ".");
		}
	}

	private static boolean isInvisible(int character) {
		int type = Character.getType(character);
		return Character.isISOControl(character) || type == Character.LINE_SEPARATOR
				|| type == Character.PARAGRAPH_SEPARATOR || character == '\uFEFF' || character == '\u200B';
	}

	/** Strips spaces of all kinds, a no-break space too. */
	private static String strip(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isBlank(text.charAt(from))) {
			from++;
		}
		while (to > from && isBlank(text.charAt(to - 1))) {
			to--;
		}
		return text.substring(from, to);
	}

	private static boolean isBlank(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character);
	}

	private void refuseQuotes() {
		char first = this.text.charAt(0);
		char last = this.text.charAt(this.text.length() - 1);
		if (first == '"' || first == '\'' || last == '"' || last == '\'') {
			throw refused(
					"The quotes are part of the path. Write " + this.text.replaceAll("^[\"']+|[\"']+$", "") + ".");
		}
	}

	private void refuseUrl() {
		Matcher file = FILE_URL.matcher(this.text);
		if (file.matches() && !file.group("path").startsWith("//") && !file.group("path").isEmpty()) {
			throw refused("A path is expected, not a URL. Write " + file.group("path") + ".");
		}
		if (URL.matcher(this.text).matches()) {
			throw refused("A path in a filesystem is expected, not a URL or a resource. Write a path such "
					+ "as /var/lib/app.");
		}
	}

	private void refuseHome() {
		Matcher home = HOME.matcher(this.text);
		if (home.matches()) {
			String rest = (home.group("rest") != null) ? home.group("rest") : "";
			throw refused("A tilde is expanded by shells alone. Write "
					+ (home.group("user").isEmpty() ? "${user.home}" + rest
							: "the home directory of " + home.group("user") + " in full")
					+ ", or ./" + this.text + " if the name begins with a tilde.");
		}
		if (this.text.equals("?") || this.text.startsWith("?/") || this.text.startsWith("?\\")) {
			throw refused("It begins with a question mark, which is the value of ${user.home} for a user without an "
					+ "entry in the user database, as in a container. Write an absolute path, or set the system property "
					+ "user.home.");
		}
	}

	private void refuseVariable() {
		Matcher variable = VARIABLE.matcher(this.text);
		if (!variable.find()) {
			return;
		}
		String found = variable.group();
		String name = found.replaceAll("[^A-Za-z0-9_.-]", "");
		throw refused(found.startsWith("${")
				? "The placeholder " + found + " has no value. Set it, or give it a default as in ${" + name
						+ ":/var/lib/app}."
				: found + " is not expanded. Write ${" + name + "} for an environment variable or another property.");
	}

	private void refuseWindows() {
		if (File.separatorChar == '\\') {
			return;
		}
		if (DRIVE.matcher(this.text).matches()) {
			throw refused("It is a path of Windows. Write a path of this system, such as /var/lib/app.");
		}
		if (this.text.indexOf('\\') >= 0) {
			throw refused(this.text.startsWith("\\\\")
					? "It is a share of Windows. Mount it, and write the path of its mount point."
					: "Directories are separated by a slash. Write " + this.text.replaceAll("\\\\+", "/") + ".");
		}
	}

	private InvalidConfigurationPropertyValueException refused(String reason) {
		return new InvalidConfigurationPropertyValueException(this.property, this.text, reason);
	}

}
