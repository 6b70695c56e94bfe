package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.RequiresCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes the files of tar archives, as {@code tar} makes them and as nobody should.
 */
@RequiresCommand("tar")
class BatchOfTarTests {

	private static final int BLOCK = 512;

	private static final int LARGE = 700_000;

	@TempDir
	Path directory;

	private Path source;

	private Path target;

	private Path archive;

	@BeforeEach
	void directories() throws IOException {
		this.source = Files.createDirectory(this.directory.resolve("source"));
		this.target = Files.createDirectory(this.directory.resolve("target"));
		this.archive = this.directory.resolve("archive.tar");
	}

	private void tar(String... options) throws Exception {
		List<String> words = new ArrayList<>(
				List.of("tar", "-cf", this.archive.toString(), "-C", this.source.toString()));
		words.addAll(List.of(options));
		if (Arrays.stream(options).allMatch((option) -> option.startsWith("-"))) {
			words.add(".");
		}
		Process process = new ProcessBuilder(words).inheritIO().start();
		assertThat(process.waitFor()).isZero();
	}

	private InProcess batch(String... options) {
		List<String> words = new ArrayList<>(
				List.of("batch", "--tar", this.target.toString(), "-i", this.archive.toString()));
		words.addAll(List.of(options));
		return InProcess.run(words.toArray(String[]::new));
	}

	private void content(String name, String text) throws IOException {
		Path file = this.source.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gnu", "pax", "ustar" })
	void filesOfEachFormatAreWritten(String format) throws Exception {
		content("a", "1");
		content("empty", "");
		content("d/e/f", "2");
		content("large", "x".repeat(LARGE));
		content("z", "3");
		if (!format.equals("ustar")) {
			content("d/" + "n".repeat(240), "long");
		}
		tar("--format=" + format);
		batch().silent();
		assertThat(DirectoryContent.of(this.target)).isEqualTo(DirectoryContent.of(this.source));
		assertThat(this.target.resolve("large")).hasSize(LARGE);
		assertThat(this.target.resolve("d/e/f")).hasContent("2");
		assertThat(this.target.resolve("z")).hasContent("3");
	}

	@Test
	void aLinkIsRefusedAndNothingAfterItIsWritten() throws Exception {
		Files.createSymbolicLink(this.source.resolve("link"), Path.of("/etc/passwd"));
		content("z", "1");
		tar("link", "z");
		batch().fails("has link, which is a symbolic link", "nothing was written");
		assertThat(DirectoryContent.of(this.target)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../out", "/out", "a/../../out", "a//out", "a/./out" })
	void aPathThatLeadsOutIsRefused(String path) throws Exception {
		Files.write(this.archive, archive(path, "1"));
		batch().fails("has the path " + path);
		assertThat(this.directory.resolve("out")).doesNotExist();
		assertThat(DirectoryContent.of(this.target)).isEmpty();
	}

	@Test
	void aLinkInTheDirectoryIsNotFollowedOutOfIt() throws Exception {
		Files.createSymbolicLink(this.target.resolve("d"), this.source);
		Files.write(this.archive, archive("d/f", "1"));
		batch().fails("d/f");
		assertThat(DirectoryContent.of(this.source)).isEmpty();
	}

	@Test
	void aTruncatedArchiveFailsWithTheFilesThatWereWritten() throws Exception {
		content("a", "1");
		content("large", "x".repeat(LARGE));
		tar("a", "large");
		byte[] whole = Files.readAllBytes(this.archive);
		Files.write(this.archive, Arrays.copyOf(whole, 4 * BLOCK));
		batch().fails("the archive ends in the middle, after the beginning of large", "1 file was written before: ",
				"/a");
		assertThat(this.target.resolve("a")).hasContent("1");
		assertThat(DirectoryContent.of(this.target)).containsExactly("a");
	}

	@Test
	void whatIsNoArchiveIsRefused() throws Exception {
		Files.writeString(this.archive, "x".repeat(4 * BLOCK));
		batch().fails("is no tar archive", "nothing was written");
		byte[] bytes = archive("a", "1");
		bytes[0] = 'b';
		Files.write(this.archive, bytes);
		batch().fails("is no tar archive, or is damaged");
		assertThat(DirectoryContent.of(this.target)).isEmpty();
	}

	@Test
	void attributesThatAreNotKnownAreRefused() throws Exception {
		byte[] attributes = archive('x', "PaxHeaders/a", "18 GNU.sparse.x=1\n");
		System.arraycopy(archive("a", "1"), 0, attributes, 2 * BLOCK, 2 * BLOCK);
		Files.write(this.archive, attributes);
		batch().fails("the attribute GNU.sparse.x, which is not known");
		assertThat(DirectoryContent.of(this.target)).isEmpty();
	}

	@Test
	void allOrNothingTakesSmallFilesOnly() throws Exception {
		content("a", "1");
		content("b", "2");
		tar("a", "b");
		batch("--all-or-nothing").silent();
		assertThat(DirectoryContent.of(this.target)).containsExactly("a", "b");
		content("large", "x".repeat(LARGE));
		content("c", "3");
		tar("c", "large");
		batch("--all-or-nothing").fails("too large for --all-or-nothing, from large on", "nothing was written");
		assertThat(DirectoryContent.of(this.target)).containsExactly("a", "b");
	}

	private static byte[] archive(String path, String content) {
		return archive('0', path, content);
	}

	/** One file, in the format of POSIX. */
	private static byte[] archive(char type, String path, String content) {
		byte[] archive = new byte[4 * BLOCK];
		put(archive, 0, path);
		put(archive, 100, "0000644\0");
		put(archive, 124, "%011o\0".formatted(content.length()));
		put(archive, 156, String.valueOf(type));
		put(archive, 257, "ustar\00000");
		put(archive, 148, "        ");
		int sum = 0;
		for (int i = 0; i < BLOCK; i++) {
			sum += archive[i] & 0xFF;
		}
		put(archive, 148, "%06o\0 ".formatted(sum));
		put(archive, BLOCK, content);
		return archive;
	}

	private static void put(byte[] into, int offset, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		System.arraycopy(bytes, 0, into, offset, bytes.length);
	}

}
