package io.atomicwrite.core;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.atomicwrite.test.DirectoryContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Staged writes whose stream or writer is handed to a library that closes it.
 */
class StagedWriteTests {

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws IOException {
		this.target = this.directory.resolve("f");
		Files.writeString(this.target, "old");
	}

	@Test
	void jacksonClosesTheStreamAndNothingIsLost() {
		try (StagedWrite staged = this.template.open(this.target)) {
			new JsonMapper().writeValue(staged.output(), List.of(1, 2));
			assertThat(this.target).hasContent("old");
			staged.commit();
		}
		assertThat(this.target).hasContent("[1,2]");
	}

	@Test
	void zipStreamClosesTheStreamAndNothingIsLost() throws IOException {
		try (StagedWrite staged = this.template.open(this.target)) {
			try (ZipOutputStream zip = new ZipOutputStream(staged.output())) {
				zip.putNextEntry(new ZipEntry("a"));
				zip.write(new byte[100_000]);
			}
			staged.commit();
		}
		try (ZipFile zip = new ZipFile(this.target.toFile())) {
			assertThat(zip.getEntry("a").getSize()).isEqualTo(100_000);
		}
	}

	@Test
	void closingNeitherStreamNorWriterEndsTheContent() throws IOException {
		try (StagedWrite staged = this.template.open(this.target)) {
			staged.output().write('a');
			staged.output().close();
			staged.output().write('b');
			try (Writer text = staged.writer(StandardCharsets.UTF_8)) {
				text.write("grü");
			}
			staged.writer(StandardCharsets.UTF_8).write("n\ud834");
			staged.writer(StandardCharsets.UTF_8).close();
			staged.writer(StandardCharsets.UTF_8).write("\udd1e");
			assertThatIllegalStateException().isThrownBy(() -> staged.writer(StandardCharsets.UTF_16))
				.withMessageContaining("UTF-8")
				.withMessageContaining("UTF-16");
			staged.commit();
		}
		assertThat(this.target).hasContent("abgrün𝄞");
	}

	@Test
	void closingTheStreamCommitsNothing() throws IOException {
		try (StagedWrite staged = this.template.open(this.target)) {
			staged.output().write('n');
			staged.output().close();
		}
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyWriteAfterTheEndFailsAndSaysSo(boolean commits) throws IOException {
		StagedWrite staged = this.template.open(this.target);
		OutputStream out = staged.output();
		Writer text = staged.writer(StandardCharsets.UTF_8);
		out.write('n');
		if (commits) {
			staged.commit();
		}
		else {
			staged.discard();
		}
		assertEnded(() -> out.write(1));
		assertEnded(() -> out.write(new byte[3]));
		assertEnded(() -> out.write(new byte[100_000]));
		assertEnded(() -> staged.write(ByteBuffer.allocate(1)));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			text.write("x");
			text.flush();
		});
		out.close();
		assertThatIllegalStateException().isThrownBy(staged::commit).withMessageContaining("committed or discarded");
		assertThat(this.target).hasContent(commits ? "n" : "old");
	}

	@Test
	void streamOfACallbackEndsWithIt() {
		AtomicReference<OutputStream> kept = new AtomicReference<>();
		this.template.write(this.target, (out) -> {
			out.write('n');
			kept.set(out);
		});
		assertEnded(() -> kept.get().write(1));
		assertThat(this.target).hasContent("n");
	}

	private void assertEnded(Write write) {
		assertThatExceptionOfType(IOException.class).isThrownBy(write::run)
			.withMessageContaining(this.target.getFileName().toString())
			.withMessageContaining("committed or discarded");
	}

	/** Writes something. */
	private interface Write {

		void run() throws IOException;

	}

}
