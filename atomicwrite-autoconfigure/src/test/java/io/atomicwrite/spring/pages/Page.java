package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of the documentation and its blocks of code.
 *
 * @param name the page, relative to the repository
 * @param text the text of the page
 */
record Page(String name, String text) {

	private static final Path SOURCES = Path.of("src/test/java/io/atomicwrite/spring/pages");

	static Page of(String name) throws IOException {
		return in("docs/how-to/" + name);
	}

	/** Returns the page of a path that is relative to the repository. */
	static Page in(String path) throws IOException {
		return new Page(path, Files.readString(Path.of("..", path)));
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
		for (String block : blocks("java")) {
			assertThat(code).contains(plain(block));
			ran(sources[0], block);
		}
	}

	/**
	 * Notes that a test runs a block, as {@code scripts/blocks --check} requires of those
	 * that name it.
	 */
	void ran(Class<?> test, String block) throws IOException {
		Path records = Files.createDirectories(Path.of("../target/blocks"));
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(block.getBytes(StandardCharsets.UTF_8));
			Files.writeString(records.resolve(test.getSimpleName()),
					this.name + "\t" + HexFormat.of().formatHex(digest) + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String plain(String code) {
		return code.replaceAll("\\s+", "");
	}

}
