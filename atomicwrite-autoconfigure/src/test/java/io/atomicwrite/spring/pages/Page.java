package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of the documentation and its blocks of code.
 *
 * @param text the text of the page
 */
record Page(String text) {

	private static final Path SOURCES = Path.of("src/test/java/io/atomicwrite/spring/pages");

	static Page of(String name) throws IOException {
		return new Page(Files.readString(Path.of("../docs/how-to", name)));
	}

	/** Returns the blocks of a language, in the order of the page. */
	List<String> blocks(String language) {
		List<String> blocks = new ArrayList<>();
		Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(this.text);
		while (matcher.find()) {
			blocks.add(matcher.group(1));
		}
		assertThat(blocks).isNotEmpty();
		return blocks;
	}

	/** Requires that one of the sources has each block of Java, but for its layout. */
	void requireJavaIn(Class<?>... sources) throws IOException {
		StringBuilder code = new StringBuilder();
		for (Class<?> source : sources) {
			code.append(plain(Files.readString(SOURCES.resolve(source.getSimpleName() + ".java"))));
		}
		assertThat(blocks("java")).allSatisfy((block) -> assertThat(code).contains(plain(block)));
	}

	private static String plain(String code) {
		return code.replaceAll("\\s+", "");
	}

}
