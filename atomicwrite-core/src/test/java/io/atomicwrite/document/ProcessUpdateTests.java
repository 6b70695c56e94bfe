package io.atomicwrite.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Forks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several processes update one document: none of the updates is lost.
 */
@Timeout(300)
class ProcessUpdateTests {

	private static final String BEFORE = "# kept\ncount: 0\nname: a\n";

	@TempDir
	private Path directory;

	@Test
	void twoProcessesLoseNothing() throws Exception {
		run(2, 4, 10);
	}

	@Test
	@Forks
	void fourProcessesLoseNoneOfAThousand() throws Exception {
		run(4, 8, 32);
	}

	private void run(int processes, int threads, int each) throws Exception {
		Path file = Files.writeString(this.directory.resolve("config.yaml"), BEFORE);
		int total = processes * threads * each;
		int writes = 0;
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			AtomicDocument<Settings> watching = template.document(file, Settings.class);
			List<ForkedJvm> all = new ArrayList<>();
			for (int i = 0; i < processes; i++) {
				all.add(ForkedJvm.start(UpdatingProcess.class, file.toString(), String.valueOf(threads),
						String.valueOf(each)));
			}
			for (ForkedJvm process : all) {
				assertThat(process.answer()).isEqualTo("open");
			}
			for (ForkedJvm process : all) {
				String answer = process.answer(Duration.ofSeconds(200));
				assertThat(answer).as(process.output()).startsWith("writes ");
				writes += Integer.parseInt(answer.substring("writes ".length()));
				assertThat(process.join()).isZero();
			}
			assertThat(file).hasContent(BEFORE.replace("0", String.valueOf(total)));
			System.out.println(total + " updates of " + processes + " processes in " + writes + " writes");
			assertThat(writes).isLessThan(total);
			await().until(() -> watching.current().count() == total);
		}
	}

}
