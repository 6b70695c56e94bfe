package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishes, lists, verifies, rolls back and sweeps by the command.
 */
class PublicationCommandTests {

	@TempDir
	Path directory;

	private String path(String name) {
		return this.directory.resolve(name).toString();
	}

	private void publish(String version, String content) throws IOException {
		Files.writeString(this.directory.resolve("part-0.csv"), content);
		String[] args = { "publish", "--name", version, path("dataset"), path("part-0.csv") };
		assertThat(InProcess.run(args).succeeds().out()).isEqualTo(version + "\n");
	}

	@Test
	void aVersionIsPublishedListedAndRolledBack() throws IOException {
		publish("v1", "1,2\n");
		publish("v2", "3,4\n");
		assertThat(this.directory.resolve("dataset/latest/part-0.csv")).hasContent("3,4\n");
		assertThat(InProcess.run("versions", "--verify", path("dataset")).succeeds().out().lines()).hasSize(2)
			.allMatch((line) -> line.endsWith(", OK"))
			.anyMatch((line) -> line.startsWith("v2, ") && line.contains(", latest"));
		assertThat(InProcess.run("rollback", path("dataset")).succeeds().out()).isEqualTo("v1\n");
		assertThat(this.directory.resolve("dataset/latest/part-0.csv")).hasContent("1,2\n");
		assertThat(InProcess.run("rollback", "--json", path("dataset"), "v2").succeeds().out())
			.contains("\"version\":\"v2\"");
		assertThat(InProcess.run("versions", "--json", "--keep", "1", path("dataset")).succeeds().out())
			.contains("\"version\":\"v2\"")
			.doesNotContain("v1");
		InProcess.run("rollback", path("dataset"), "v1").fails("no such version");
	}

	@Test
	void damageIsReportedWithStatusOne() throws IOException {
		publish("v1", "1,2\n");
		Files.writeString(this.directory.resolve("dataset/v1/part-0.csv"), "9,9\n");
		InProcess result = InProcess.run("versions", "--verify", path("dataset"));
		assertThat(result.status()).isEqualTo(ExitStatus.ERROR);
		assertThat(result.out()).contains("part-0.csv: does not have the content that was published");
	}

	@Test
	void aDirectoryIsPublishedWithAllThatIsInIt() throws IOException {
		Files.createDirectories(this.directory.resolve("export/below"));
		Files.writeString(this.directory.resolve("export/below/f"), "x");
		InProcess
			.run("publish", "--pointer", "file", "--run-id", "nightly-42", "--name", "v1", path("dataset"),
					path("export"))
			.succeeds();
		assertThat(this.directory.resolve("dataset/latest")).isRegularFile().hasContent("v1");
		assertThat(this.directory.resolve("dataset/v1/below/f")).hasContent("x");
		assertThat(this.directory.resolve("dataset/v1/manifest.json")).content().contains("nightly-42");
	}

	@Test
	void aPlainDirectoryIsRefusedBeforeAnythingIsCreated() throws IOException {
		Files.writeString(this.directory.resolve("f"), "x");
		InProcess result = InProcess.run("publish", "--pointer", "directory", path("dataset"), path("f"));
		assertThat(result.status()).isEqualTo(ExitStatus.ERROR);
		assertThat(result.err()).contains("a directory can't take the place of another in one step")
			.contains("use --pointer link or --pointer file");
		assertThat(this.directory.resolve("dataset")).doesNotExist();
	}

	@Test
	void wrongUseIsRefused() throws IOException {
		Files.writeString(this.directory.resolve("f"), "x");
		InProcess.run("publish", path("dataset")).fails("Missing argument: FILE");
		InProcess.run("publish", "--name", "a/b", path("dataset"), path("f")).fails("can't be the name of a version");
		InProcess.run("publish", path("dataset"), path("missing")).fails("missing");
		InProcess.run("versions", "--older-than", "1d", path("dataset")).fails("needs --keep");
		InProcess.run("rollback", path("dataset")).fails("there is no version before");
		publish("v1", "1");
		InProcess.run("publish", "--name", "v1", path("dataset"), path("f")).fails("File exists");
		assertThat(InProcess.run("versions", path("dataset")).succeeds().out().lines()).hasSize(1);
	}

}
