package io.atomicwrite.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes the files that a list names.
 */
class BatchCommandTests {

	@TempDir
	Path directory;

	private InProcess batch(String list, String... options) throws IOException {
		Path file = Files.writeString(this.directory.resolve("list.ndjson"),
				list.replace("DIR", this.directory.toString()));
		String[] args = new String[options.length + 3];
		args[0] = "batch";
		args[1] = "-i";
		args[2] = file.toString();
		System.arraycopy(options, 0, args, 3, options.length);
		return InProcess.run(args);
	}

	@Test
	void eachLineIsAFile() throws IOException {
		Files.writeString(this.directory.resolve("source"), "copied");
		batch("""
				{"path": "DIR/a", "content": "text\\n"}

				{"path": "DIR/b", "base64": "AAEC"}
				{"path": "DIR/new/c", "source": "DIR/source"}
				""", "-p").silent();
		assertThat(this.directory.resolve("a")).hasContent("text\n");
		assertThat(this.directory.resolve("b")).hasBinaryContent(new byte[] { 0, 1, 2 });
		assertThat(this.directory.resolve("new/c")).hasContent("copied");
	}

	@Test
	void whatFailsFailsAloneUnlessAllOrNothing() throws IOException {
		Files.writeString(this.directory.resolve("b"), "old");
		String list = "{\"path\": \"DIR/a\", \"content\": \"1\"}\n{\"path\": \"DIR/b\", \"content\": \"2\"}\n";
		batch(list, "--no-clobber", "--all-or-nothing").fails("b: File exists");
		assertThat(this.directory.resolve("a")).doesNotExist();
		InProcess alone = batch(list, "--no-clobber", "--json");
		assertThat(alone.status()).isEqualTo(ExitStatus.ERROR);
		assertThat(alone.out()).contains("/a\"", "DURABLE");
		assertThat(this.directory.resolve("a")).hasContent("1");
		assertThat(this.directory.resolve("b")).hasContent("old");
	}

	@Test
	void whatIsLostWithAnOldFileIsReported() throws IOException {
		Path old = sparse(this.directory.resolve("a"));
		Files.createLink(this.directory.resolve("second"), old);
		String list = "{\"path\": \"DIR/a\", \"content\": \"1\"}\n";
		assertThat(batch(list, "-v").succeeds().err()).contains("Lost: ", "hard links (1 other name",
				"sparse regions (");
		Files.createLink(this.directory.resolve("third"), sparse(old));
		assertThat(batch(list, "--json").succeeds().out()).contains("\"notCarried\":{", "\"HARD_LINKS\":\"1 other name",
				"\"SPARSE_REGIONS\":", "\"notExamined\":[");
	}

	private static Path sparse(Path file) throws IOException {
		Files.deleteIfExists(file);
		try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
			opened.setLength(1 << 20);
		}
		return file;
	}

	@Test
	void warningsAreReportedAndCompanionsCanBeHidden() throws IOException {
		Files.createDirectory(this.directory.resolve("conf.d"));
		String list = "{\"path\": \"DIR/conf.d/a.conf\", \"content\": \"1\"}\n";
		assertThat(batch(list).succeeds().err()).startsWith("Warning: ")
			.contains("a program may read every file", "a.conf.lock", "--hidden-companions");
		batch(list, "--hidden-companions").silent();
		batch(list, "-q").silent();
	}

	@Test
	void theChosenLockFileIsUsed() throws IOException {
		Path file = this.directory.resolve("chosen");
		String list = "{\"path\": \"DIR/a\", \"content\": \"1\"}\n{\"path\": \"DIR/b\", \"content\": \"2\"}\n";
		try (LockRegistry locks = LockRegistry.fileBuilder().lockFile(file).build();
				LockLease lease = locks.acquire(this.directory.resolve("other"), LockRequest.failFast())) {
			batch(list, "--lock-file", file.toString(), "--no-wait").fails("a: File locked by another process");
			assertThat(this.directory.resolve("a")).doesNotExist();
		}
		batch(list, "--lock-file", file.toString(), "--no-wait").silent();
		assertThat(this.directory.resolve("b")).hasContent("2");
	}

	@Test
	void aWrongLineIsNamedByItsNumberAndNotShown() throws IOException {
		batch("{\"path\": \"DIR/a\", \"content\": \"1\"}\n{\"secret\": 1}\n").fails("line 2 of the list has no path")
			.doesNotName("secret");
		batch("no json\n").fails("line 1 of the list is no JSON object").doesNotName("no json");
		batch("{\"path\": \"DIR/a\"}\n").fails("has neither content nor base64 nor source");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--no-clobber", "--all-or-nothing" })
	void aWrongLineOfAListThatFitsInMemoryWritesNothing(String option) throws IOException {
		String lines = "{\"path\": \"DIR/a%d\", \"content\": \"1\"}\n";
		StringBuilder list = new StringBuilder();
		for (int i = 0; i < 300; i++) {
			list.append(lines.formatted(i));
		}
		batch(list + "no json\n", option).fails("line 301 of the list", "nothing was written");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("list.ndjson");
	}

	@Test
	void aLargerListIsWrittenAsItIsRead() throws IOException {
		String large = "{\"path\": \"DIR/large\", \"content\": \"" + "x".repeat(17 << 20) + "\"}\n";
		StringBuilder many = new StringBuilder();
		for (int i = 0; i < 200; i++) {
			many.append("{\"path\": \"DIR/a%d\", \"content\": \"1\"}\n".formatted(i));
		}
		batch(large + many + "no json\n").fails("line 202 of the list", "files of earlier lines may be written");
		assertThat(this.directory.resolve("large")).hasSize(17 << 20);
	}

}
