package io.atomicwrite.maintenance;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sweeps of a directory that PID namespaces share, as containers share a volume: no table
 * of processes shows the writers of another one.
 */
@Mounts
@RequiresRoot
@RequiresCommand("unshare")
@Timeout(120)
class NamespaceSweepTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("namespaces", "PID namespaces that share a directory",
			"sweeps without an age limit, on the host and in another namespace, while a writer with or without a lease"
					+ " is in the middle of a write in its own",
			"sweeps", "'Namespace*Tests' as root");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "open", "open without lease" })
	void stagingFileOfAnotherNamespaceStaysUntilItsWriterIsKilled(String open) {
		Path target = this.directory.resolve("config.json");
		try (LockRegistry host = LockRegistry.file();
				ForkedJvm writer = isolated(WriterPeer.class, target.toString());
				ForkedJvm sweeper = isolated(SweepPeer.class, this.directory.toString())) {
			assertThat(writer.ask(open)).isEqualTo("done");
			assertThat(sweeper.ask("sweep")).isEqualTo("complete");
			assertSurvives();
			assertThat(SweepPeer.sweep(this.directory, host)).isTrue();
			assertSurvives();
			writer.kill();
			assertThat(sweeper.ask("sweep")).isEqualTo("complete");
			TALLY.control("the writer is killed: its staging file is swept", 1, stagingFiles().isEmpty() ? 1 : 0);
			assertThat(stagingFiles()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "open", "open without lease" })
	void writerThatWasSweptAroundCommits(String open) {
		Path target = this.directory.resolve("config.json");
		try (ForkedJvm writer = isolated(WriterPeer.class, target.toString());
				ForkedJvm sweeper = isolated(SweepPeer.class, this.directory.toString())) {
			assertThat(writer.ask(open)).isEqualTo("done");
			assertThat(sweeper.ask("sweep")).isEqualTo("complete");
			assertSurvives();
			assertThat(writer.ask("commit")).isEqualTo("done");
			assertThat(target).hasBinaryContent(new byte[] { 1 });
		}
	}

	private void assertSurvives() {
		TALLY.add(1);
		assertThat(stagingFiles()).hasSize(1);
	}

	private List<String> stagingFiles() {
		return DirectoryContent.of(this.directory).stream().filter((name) -> name.endsWith(".tmp")).toList();
	}

	private static ForkedJvm isolated(Class<?> main, String argument) {
		return ForkedJvm.start(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
				ForkedJvm.classPath(), main, argument);
	}

}
