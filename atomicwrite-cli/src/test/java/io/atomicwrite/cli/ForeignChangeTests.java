package io.atomicwrite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A program that takes no lock changes the file between the read and the commit.
 */
class ForeignChangeTests {

	@TempDir
	private Path directory;

	private Path file;

	private int edits;

	@BeforeEach
	void write() throws IOException {
		this.file = Files.writeString(this.directory.resolve("f.yaml"), "a: 1\n");
	}

	/** Sets {@code a}; an editor saves each time after the file was read. */
	private void set(int times) throws IOException {
		TreeEdit edit = (tree) -> {
			if (this.edits < times) {
				append("e" + this.edits++ + ": x\n");
			}
			return List.of(TreeChange.put(List.of("a"), "changed"));
		};
		Session session = new Session(new Reporter(new PrintStream(new ByteArrayOutputStream())), new Interruption(),
				new PrintStream(new ByteArrayOutputStream()));
		session.about("f.yaml");
		new FileChange(session, this.file, new ContentEdit(DataFormat.YAML, Formatting.MINIMAL, edit, null), false).run(
				new ContentOptions(), WriteOptions.engineDefaults(), (options) -> new Engine(session, options),
				LockRequest.waitForever());
	}

	private void append(String line) {
		try {
			Files.writeString(this.file, line, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void changeIsMadeToWhatTheFileHoldsThen() throws Exception {
		set(3);
		assertThat(this.file).hasContent("a: changed\ne0: x\ne1: x\ne2: x\n");
		assertThat(this.directory.toFile().list()).containsExactly("f.yaml");
	}

	@Test
	void whoeverChangesItAgainAndAgainIsReported() throws Exception {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> set(Integer.MAX_VALUE))
			.matches((failure) -> failure.what().contains("another program that takes no lock"));
		assertThat(Files.readString(this.file)).startsWith("a: 1\ne0: x\ne1: x\n").doesNotContain("changed");
		assertThat(this.directory.toFile().list()).containsExactly("f.yaml");
	}

	@Test
	void fileThatIsDeletedMeanwhileStaysDeleted() throws Exception {
		TreeEdit edit = (tree) -> {
			this.file.toFile().delete();
			return List.of(TreeChange.put(List.of("a"), "changed"));
		};
		Session session = new Session(new Reporter(new PrintStream(new ByteArrayOutputStream())), new Interruption(),
				new PrintStream(new ByteArrayOutputStream()));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> new FileChange(session, this.file,
				new ContentEdit(DataFormat.YAML, Formatting.MINIMAL, edit, null), false)
			.run(new ContentOptions(), WriteOptions.engineDefaults(), (options) -> new Engine(session, options),
					LockRequest.waitForever()))
			.matches((failure) -> failure.what().contains("No such file"));
		assertThat(this.directory).isEmptyDirectory();
	}

}
