package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.spring.MountedAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartupTimeoutTests {

	@TempDir
	private Path directory;

	private final CountDownLatch answer = new CountDownLatch(1);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
		.withBean(FileOps.class, Hanging::new);

	@AfterEach
	void letGo() {
		this.answer.countDown();
	}

	@Test
	void aDirectoryThatDoesNotAnswerIsExplained() {
		FailureAnalysis analysis = Analyses.ofStart(this.runner, "atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.startup-timeout=200ms");
		assertThat(analysis.getDescription()).isEqualTo("The managed directory 'data' at " + this.directory
				+ " did not answer within 200ms. Its filesystem hangs or is very slow.");
		assertThat(analysis.getAction()).contains("'atomicwrite.startup-timeout'",
				"'atomicwrite.directories.data.path'");
	}

	@Test
	void withoutACheckTheStartDoesNotWait() {
		this.runner
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory,
					"atomicwrite.startup-timeout=200ms", "atomicwrite.startup-check=off")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void timeoutsArePositive() {
		for (String property : new String[] { "atomicwrite.startup-timeout", "atomicwrite.look-timeout" }) {
			for (String value : new String[] { "0s", "-1s" }) {
				FailureAnalysis analysis = Analyses.ofStart(this.runner, property + "=" + value);
				assertThat(analysis.getDescription()).contains(property);
				assertThat(analysis.getDescription() + analysis.getAction()).contains("must be positive");
			}
		}
	}

	private final class Hanging extends ForwardingFileOps {

		Hanging() {
			super(new MountedAs("ext4"));
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			while (StartupTimeoutTests.this.answer.getCount() > 0) {
				try {
					StartupTimeoutTests.this.answer.await();
				}
				catch (InterruptedException ex) {
					// as a system call on a filesystem that hangs
				}
			}
			return super.mount(canonical);
		}

	}

}
