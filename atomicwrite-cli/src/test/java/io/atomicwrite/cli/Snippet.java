package io.atomicwrite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code of a page.
 *
 * @param page the page
 * @param language what it is written in
 * @param text the block
 * @param runs whether it is run here; otherwise a comment before it names what runs it
 */
record Snippet(Path page, String language, String text, boolean runs) {

	private static final Pattern FENCED = Pattern.compile("(<!-- run by [^\n]+ -->\n)?^```(\\w*)\n(.*?\n)```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	static final Path DOCS = Path.of(System.getProperty("atomicwrite.compare", "compare"))
		.toAbsolutePath()
		.normalize()
		.resolve("../../docs")
		.normalize();

	/** The pages that users of the command read. */
	static List<Path> pages() {
		List<Path> pages = new ArrayList<>(List.of(DOCS.resolve("../README.md").normalize(), DOCS.resolve("cli.md"),
				DOCS.resolve("concepts/freshness.md"), DOCS.resolve("how-to/etl-export.md"),
				DOCS.resolve("how-to/checkpoints.md")));
		try (Stream<Path> more = Files.list(DOCS.resolve("cli"))) {
			more.sorted().forEach(pages::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return pages;
	}

	/** The pages of others that have scripts. */
	static List<Path> others() {
		try (Stream<Path> all = Files.walk(DOCS)) {
			return all.filter((page) -> page.toString().endsWith(".md") && !pages().contains(page))
				.filter((page) -> of(page).stream().anyMatch((snippet) -> snippet.language().equals("sh")))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Snippet> of(Path page) {
		List<Snippet> snippets = new ArrayList<>();
		try {
			Matcher fenced = FENCED.matcher(Files.readString(page));
			while (fenced.find()) {
				snippets.add(new Snippet(page, fenced.group(2), fenced.group(3), fenced.group(1) == null));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return snippets;
	}

	/** All of a language. */
	static List<Snippet> in(String language) {
		return pages().stream()
			.flatMap((page) -> of(page).stream())
			.filter((snippet) -> snippet.language().equals(language) && snippet.runs())
			.toList();
	}

	boolean has(String words) {
		return this.text.contains(words);
	}

	@Override
	public String toString() {
		return this.page.getFileName() + ": " + this.text.lines().findFirst().orElse("");
	}

}
