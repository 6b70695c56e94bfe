package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.core.AtomicFileTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that do not verify, and backups in their place, are logged.
 */
@ExtendWith(OutputCaptureExtension.class)
class IntegrityLogTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("atomicwrite.housekeeping.enabled=false", "atomicwrite.checksum.mode=sidecar",
				"atomicwrite.backup.enabled=true")
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@Test
	void aFallbackIsALineWithFileReasonAndRemedyUntilTheFileIsWritten(CapturedOutput output) throws IOException {
		Path file = this.directory.toRealPath().resolve("a.txt");
		this.runner.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(file, "first");
			template.writeString(file, "second");
			Files.writeString(file, "secret");
			for (int i = 0; i < 3; i++) {
				assertThat(template.readVerifiedOrBackup(file).value()).asString().isNotEmpty();
			}
			assertThat(lines(output, "WARN")).hasSize(2)
				.anySatisfy((line) -> assertThat(line).contains("The file " + file + " does not have the checksum",
						"'atomic-write accept " + file + "'"))
				.anySatisfy((line) -> assertThat(line)
					.contains("The backup " + file + ".backup was read in the place of " + file + ": its content has"));
			template.accept(file);
			template.readVerifiedOrBackup(file);
			assertThat(lines(output, "WARN")).hasSize(2);
			Files.writeString(file, "secret again");
			template.readVerifiedOrBackup(file);
			assertThat(lines(output, "WARN")).hasSize(4);
		});
		assertThat(output.getOut()).doesNotContain("secret");
	}

	private List<String> lines(CapturedOutput output, String level) {
		return output.getOut().lines().filter((line) -> line.contains(level) && line.contains("a.txt")).toList();
	}

}
