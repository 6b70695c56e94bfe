package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class StuckWritesLogTests {

	private static final Duration LONG = Duration.ofHours(1);

	@TempDir
	private Path directory;

	private LiveWrites writes = new LiveWrites(new ManagedDirectories(Map.of()), InstantSource.system());

	private AtomicFileTemplate template = AtomicFileTemplate.create();

	private ManagedDirectory data = new ManagedDirectory("data", Path.of("/"));

	@BeforeEach
	void create() {
		this.template.close();
		this.data = new ManagedDirectory("data", this.directory);
		this.writes = new LiveWrites(new ManagedDirectories(Map.of("data", this.directory)), InstantSource.system());
		this.template = AtomicFileTemplate.builder().listener(this.writes).build();
	}

	@AfterEach
	void close() {
		this.template.close();
	}

	@Test
	void aWriteThatStaysInAPhaseIsNamedOnceWithItsThreadAndTheRemedy(CapturedOutput output) throws Exception {
		StuckWritesLog log = new StuckWritesLog(this.writes, Duration.ZERO);
		try (StagedWrite write = this.template.open(this.directory.resolve("a.json"))) {
			look(log, 3);
			assertThat(lines(output)).singleElement()
				.asString()
				.contains("WARN", "The write to " + this.directory.resolve("a.json"), "in the thread 'main'",
						"in its phase stage for 0 s", "has not finished its content",
						"jstack " + ProcessHandle.current().pid(), "AtomicWriteWriterStuck.md");
			write.commit();
		}
		look(log, 3);
		assertThat(lines(output)).hasSize(2).last().asString().contains("INFO", "get on again");
	}

	@Test
	void aWriteThatWaitsForALockIsAnotherLine(CapturedOutput output) throws Exception {
		StuckWritesLog log = new StuckWritesLog(this.writes, Duration.ZERO);
		try (StagedWrite write = this.template.open(this.directory.resolve("a.json"))) {
			Thread other = new Thread(() -> this.template.writeString(this.directory.resolve("a.json"), "x",
					(options) -> options.lock(LockRequest.waitForever())), "second");
			other.start();
			await().until(() -> this.writes.active().size() == 2);
			look(log, 1);
			assertThat(lines(output)).singleElement()
				.asString()
				.contains("in the thread 'main'", "and 1 more in this directory");
			write.commit();
			other.join();
		}
	}

	@Test
	void aLockIsSomebodyElses(CapturedOutput output) throws Exception {
		try (AtomicFileTemplate elsewhere = AtomicFileTemplate.create();
				StagedWrite write = elsewhere.open(this.directory.resolve("a.json"))) {
			Thread other = new Thread(() -> this.template.writeString(this.directory.resolve("a.json"), "x"), "second");
			other.start();
			await().until(() -> this.writes.active()
				.stream()
				.anyMatch((active) -> active.attempt().phase() == io.atomicwrite.WritePhase.LOCK));
			look(new StuckWritesLog(this.writes, Duration.ZERO), 1);
			assertThat(lines(output)).singleElement()
				.asString()
				.contains("in the thread 'second'", "phase lock", "do not delete the lock file",
						"AtomicWriteLockTimeouts.md");
			write.commit();
			other.join();
		}
	}

	@Test
	void aWriteThatIsYoungOrElsewhereIsNoLine(CapturedOutput output) throws Exception {
		try (StagedWrite young = this.template.open(this.directory.resolve("a.json"));
				StagedWrite elsewhere = this.template.open(this.directory.resolveSibling("elsewhere.json"))) {
			look(new StuckWritesLog(this.writes, LONG), 2);
			young.discard();
			look(new StuckWritesLog(this.writes, Duration.ZERO), 2);
			elsewhere.discard();
		}
		assertThat(lines(output)).isEmpty();
	}

	private void look(StuckWritesLog log, int times) {
		for (int i = 0; i < times; i++) {
			log.looked(this.data, Answer.none());
		}
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("StuckWritesLog")).toList();
	}

}
