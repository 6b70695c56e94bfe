package io.atomicwrite.test.crash;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is on a disk. Equal if no program can tell the difference, but for times and
 * modes.
 *
 * @param directories the directories
 * @param names the files by name, numbered in the order of their first names
 * @param files what is in the files
 */
public record CrashImage(SortedSet<Path> directories, SortedMap<Path, Integer> names, Map<Integer, Content> files) {

	private static final Pattern TOKEN = Pattern.compile("(.*/\\..+\\.)[0-9a-f]{16}(\\.tmp|\\.aside)");

	static CrashImage of(SortedSet<Path> directories, Map<Path, Integer> names, Map<Integer, Content> files) {
		Map<Integer, Integer> numbers = new HashMap<>();
		SortedMap<Path, Integer> renumbered = new TreeMap<>();
		Map<Integer, Content> contents = new HashMap<>();
		for (Map.Entry<Path, Integer> entry : new TreeMap<>(names).entrySet()) {
			Content content = files.get(entry.getValue());
			if (content != null) {
				int number = numbers.computeIfAbsent(entry.getValue(), (old) -> numbers.size() + 1);
				renumbered.put(entry.getKey(), number);
				contents.put(number, content);
			}
		}
		return new CrashImage(new TreeSet<>(directories), renumbered, contents);
	}

	/**
	 * Returns the content of a file.
	 * @param file its name
	 * @return the bytes in ISO 8859-1, or where it leads to if it is a symbolic link, or
	 * {@code null} if there is none
	 */
	public @Nullable String text(Path file) {
		Integer number = this.names.get(file);
		Content content = (number != null) ? this.files.get(number) : null;
		return (content != null) ? content.text : null;
	}

	/**
	 * Returns an image in which a file has other bytes, as damage makes them.
	 * @param file its name
	 * @param text the bytes in ISO 8859-1
	 * @return the image
	 */
	public CrashImage withText(Path file, String text) {
		Integer number = this.names.get(file);
		Content content = (number != null) ? this.files.get(number) : null;
		if (number == null || content == null) {
			throw new IllegalArgumentException(file + " is not there");
		}
		Map<Integer, Content> contents = new HashMap<>(this.files);
		contents.put(number, new Content(text, content.attributes, content.link));
		return new CrashImage(this.directories, this.names, contents);
	}

	/**
	 * Returns an image without some of the names.
	 * @param gone which
	 * @return the image
	 */
	public CrashImage without(Predicate<Path> gone) {
		Map<Path, Integer> left = new TreeMap<>(this.names);
		left.keySet().removeIf(gone);
		return of(this.directories, left, this.files);
	}

	/**
	 * Returns the image with other names for the staging files and those set aside: what
	 * was drawn by lot in them no longer tells images apart.
	 * @return the image
	 */
	public CrashImage withoutTokens() {
		Map<String, Integer> counts = new HashMap<>();
		Map<Path, Integer> renamed = new TreeMap<>();
		Comparator<Map.Entry<Path, Integer>> order = Comparator
			.comparing((entry) -> String.valueOf(this.files.get(entry.getValue())));
		this.names.entrySet()
			.stream()
			.sorted(order.thenComparing(Map.Entry::getKey))
			.forEach((entry) -> renamed.put(withoutToken(entry.getKey(), counts), entry.getValue()));
		return of(this.directories, renamed, this.files);
	}

	private static Path withoutToken(Path name, Map<String, Integer> counts) {
		Matcher matcher = TOKEN.matcher(name.toString());
		if (!matcher.matches()) {
			return name;
		}
		int count = counts.merge(matcher.group(1) + matcher.group(2), 1, Integer::sum);
		return Path.of(matcher.group(1) + String.format("%016x", count) + matcher.group(2));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.names.forEach((name, number) -> {
			Content content = this.files.get(number);
			text.append(name.getFileName()).append('#').append(number).append('=').append(content).append("; ");
		});
		return text.toString();
	}

	/**
	 * What is in a file.
	 *
	 * @param text the bytes in ISO 8859-1, or where a symbolic link leads to
	 * @param attributes the user attributes
	 * @param link whether it is a symbolic link
	 */
	public record Content(String text, Map<String, String> attributes, boolean link) {

		/**
		 * Creates content.
		 */
		public Content {
			attributes = Map.copyOf(attributes);
		}

		/**
		 * Creates content of a regular file.
		 * @param text the bytes in ISO 8859-1
		 * @param attributes the user attributes
		 */
		public Content(String text, Map<String, String> attributes) {
			this(text, attributes, false);
		}

		static Content link(String target) {
			return new Content(target, Map.of(), true);
		}

		@Override
		public String toString() {
			return (this.link ? "-> " : "") + this.text.replace('\n', '|').replace('\0', '0')
					+ (this.attributes.isEmpty() ? "" : this.attributes);
		}

	}

}
