package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code in the documentation.
 *
 * @param page the page, relative to the repository
 * @param line the line where the block begins
 * @param language what it is written in, empty if the page does not say it
 * @param text the code
 * @param runBy what runs it in the place of the tests of all blocks, if the comment
 * before it names something, as {@code scripts/blocks --check} checks
 * @param given what the comments of the page declare for its fragments of Java, up to
 * here
 */
record Block(String page, int line, String language, String text, Optional<String> runBy, List<String> given) {

	private static final Path ROOT = Path.of("..");

	private static final Pattern PART = Pattern.compile("^```(\\w*)\n(.*?)^```$|^<!-- given: (.*?) -->$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern RUN_BY = Pattern.compile("<!-- run by ([^\n]+) -->\n\\z");

	/** Returns all blocks of the documentation and of the README. */
	static List<Block> all() throws IOException {
		try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
				.filter((page) -> page.toString().endsWith(".md"))
				.flatMap((page) -> of(page).stream())
				.toList();
		}
	}

	private static List<Block> of(Path page) {
		try {
			return of(ROOT.relativize(page).toString(), Files.readString(page));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Block> of(String page, String text) {
		List<Block> blocks = new ArrayList<>();
		List<String> given = new ArrayList<>();
		Matcher matcher = PART.matcher(text);
		while (matcher.find()) {
			if (matcher.group(3) != null) {
				given.addAll(List.of(matcher.group(3).split(";\\s+")));
				continue;
			}
			String before = text.substring(0, matcher.start());
			Matcher runBy = RUN_BY.matcher(before);
			blocks.add(new Block(page, (int) before.lines().count() + 1, matcher.group(1), matcher.group(2),
					runBy.find() ? Optional.of(runBy.group(1)) : Optional.empty(), List.copyOf(given)));
		}
		return blocks;
	}

	boolean isIn(String... languages) {
		return List.of(languages).contains(this.language);
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
