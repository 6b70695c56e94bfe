package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that were edited by hand.
 */
class AcceptTests {

	private static final String EDIT = "a=2\n";

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void editAFile() throws IOException {
		this.file = this.directory.resolve("app.conf");
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(this.file, "a=1\n",
					(options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
		}
		Files.writeString(this.file, EDIT);
	}

	private static String digest(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes()).hex();
	}

	@Test
	void verifyNamesTheCommandThatAcceptsAnEditAndThenAgrees() {
		InProcess.run("verify", this.file.toString()).fails("edited by hand", "atomic-write accept");
		assertThat(InProcess.run("accept", this.file.toString()).succeeds().out())
			.isEqualTo(this.file + ": accepted (SHA-256 " + digest(EDIT) + ")\n");
		InProcess.run("verify", this.file.toString()).succeeds();
		assertThat(this.file).hasContent(EDIT);
		InProcess.run("accept", "-q", this.file.toString()).silent();
	}

	@Test
	void printsAnObjectForEachFile() {
		assertThat(InProcess.run("accept", "--json", this.file.toString()).succeeds().out())
			.isEqualTo("{\"file\":\"" + this.file + "\",\"ok\":true,\"size\":4,\"digest\":\"" + digest(EDIT)
					+ "\",\"outcome\":\"DURABLE\"}\n");
	}

	@Test
	void acceptsNothingButWhatIsExpected() throws IOException {
		InProcess.run("accept", "--expect-digest", digest("other"), this.file.toString()).fails(this.file.toString());
		InProcess.run("verify", this.file.toString()).fails("edited by hand");
		InProcess.run("accept", "--expect-digest", "abc", this.file.toString()).fails("64 hexadecimal digits");
		InProcess.run("accept", "--expect-digest", digest(EDIT), this.file.toString(), "other").fails("one FILE only");
		String upper = digest(EDIT).toUpperCase(Locale.ROOT);
		assertThat(HexFormat.of().parseHex(upper)).hasSize(32);
		InProcess.run("accept", "--expect-digest", upper, this.file.toString()).succeeds();
	}

	@Test
	void oneFailureFailsAllAndTheOthersAreAccepted() throws IOException {
		Path plain = Files.writeString(this.directory.resolve("plain"), "x");
		Path missing = this.directory.resolve("missing");
		InProcess result = InProcess.run("accept", missing.toString(), plain.toString(), this.file.toString());
		result.fails(missing + ": can't be accepted: No such file or directory", plain + ": has no checksum");
		assertThat(result.out()).startsWith(this.file + ": accepted");
		assertThat(this.directory.resolve("plain.sha256")).doesNotExist();
		InProcess.run("accept", "-q", "--checksum", "sidecar", plain.toString()).succeeds();
		InProcess.run("verify", "-q", plain.toString()).succeeds();
	}

	@Test
	void needsAFile() {
		InProcess.run("accept").fails("Missing argument: FILE");
	}

}
