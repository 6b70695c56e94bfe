package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.spring.MountedAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One line for each directory and each change.
 */
@ExtendWith(OutputCaptureExtension.class)
class DirectoryLogTests {

	@TempDir
	private Path directory;

	private final MountedAs files = new MountedAs("ext4");

	private boolean writable = true;

	private DirectoryInspection inspect() throws IOException {
		return new DirectoryInspector(this.files, new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST),
				(path) -> this.writable)
			.inspect(new ManagedDirectory("data", this.directory));
	}

	@Test
	void theFirstLookIsOneLineWithAllThatCounts(CapturedOutput output) throws IOException {
		DirectoryLog log = new DirectoryLog(SafetyPolicy.STRICT, 0);
		for (int i = 0; i < 3; i++) {
			log.inspected(inspect());
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Managed directory"))).singleElement()
			.asString()
			.contains("INFO")
			.contains("Managed directory 'data' (" + this.directory + ") is on ext4 mounted at /, safety strict, "
					+ "atomic-visibility guaranteed, crash-durability guaranteed, writer-exclusion guaranteed, "
					+ "integrity-detection unsupported");
	}

	@Test
	void eachChangeIsOneLineAndSoIsTheWayBack(CapturedOutput output) throws IOException {
		DirectoryLog log = new DirectoryLog(SafetyPolicy.STRICT, 0);
		log.inspected(inspect());
		this.files.remount("tmpfs");
		for (int i = 0; i < 3; i++) {
			log.inspected(inspect());
		}
		assertThat(changes(output)).containsExactly(
				"WARN is on tmpfs mounted at / now, and was on ext4 mounted at /; crash-durability is unsupported now, "
						+ "and was guaranteed (in memory: content survives a process, not a reboot)");
		this.files.remount("ext4");
		log.inspected(inspect());
		assertThat(changes(output).get(1)).contains("crash-durability is guaranteed now, and was unsupported");
		this.writable = false;
		log.inspected(inspect());
		assertThat(changes(output).get(2)).startsWith("WARN can't be written: no file can be created in")
			.contains("write and search permission", "lsattr");
		this.writable = true;
		log.inspected(inspect());
		assertThat(changes(output).get(3)).isEqualTo("INFO can be written again");
	}

	/** The mount is the same, and so only the levels say which way it goes. */
	@Test
	void lessIsAWarningAndMoreIsNot(CapturedOutput output) throws IOException {
		DirectoryLog log = new DirectoryLog(SafetyPolicy.STRICT, 0);
		log.inspected(inspect());
		this.files.remount("ext4", "rw", "nobarrier");
		log.inspected(inspect());
		assertThat(changes(output)).singleElement()
			.asString()
			.startsWith("WARN crash-durability is ")
			.contains(" now, and was guaranteed");
		this.files.remount("ext4");
		log.inspected(inspect());
		assertThat(changes(output).get(1)).startsWith("INFO crash-durability is guaranteed now, and was ");
	}

	@Test
	void whatCanNotBeReadIsALine(CapturedOutput output) throws IOException {
		DirectoryLog log = new DirectoryLog(SafetyPolicy.STRICT, 0);
		ManagedDirectory data = new ManagedDirectory("data", this.directory);
		log.inspected(inspect());
		for (int i = 0; i < 3; i++) {
			log.looked(data, Answer.failed("can't be read: No such file or directory"));
		}
		log.looked(data, Answer.<DirectoryInspection>failed("did not answer").silentFor(Duration.ofSeconds(3), ""));
		log.inspected(inspect());
		assertThat(changes(output)).containsExactly("WARN can't be read: No such file or directory",
				"INFO can be read again, on ext4 mounted at /");
	}

	@Test
	void whatComesAndGoesIsNotLoggedEachTime(CapturedOutput output) throws IOException {
		DirectoryLog log = new DirectoryLog(SafetyPolicy.STRICT);
		for (int i = 0; i < 20; i++) {
			this.writable = i % 2 == 0;
			log.inspected(inspect());
		}
		assertThat(changes(output)).isEmpty();
	}

	/** Without the first line. */
	private List<String> changes(CapturedOutput output) {
		String about = "Managed directory 'data' (" + this.directory + ") ";
		return output.getOut()
			.lines()
			.filter((line) -> line.contains(about) && !line.contains(", safety "))
			.map((line) -> (line.contains("WARN") ? "WARN " : "INFO ")
					+ line.substring(line.indexOf(about) + about.length()))
			.toList();
	}

}
