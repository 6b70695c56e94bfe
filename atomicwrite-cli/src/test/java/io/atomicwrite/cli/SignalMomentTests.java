package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A signal at each moment of a write, of a write that overwrites and of one that does
 * not: the status is 3, "as it was", if and only if the file is as it was.
 */
class SignalMomentTests {

	@TempDir
	private Path temporary;

	private Path target;

	/** It must not give up before the write looks. */
	private final Interruption interruption = new Interruption(Duration.ofSeconds(30));

	private final CompletableFuture<Integer> status = new CompletableFuture<>();

	@BeforeEach
	void paths() throws IOException {
		this.target = this.temporary.toRealPath().resolve("config.json");
	}

	@AfterEach
	void takeBackTheInterrupt() {
		Thread.interrupted();
	}

	static Stream<Arguments> momentsAndKinds() {
		return Arrays.stream(Moment.values())
			.flatMap((moment) -> Stream.of(true, false).map((overwrite) -> Arguments.of(moment, overwrite)));
	}

	@ParameterizedTest
	@MethodSource("momentsAndKinds")
	void statusSaysWhatIsThere(Moment moment, boolean overwrite) throws Exception {
		if (overwrite) {
			Files.writeString(this.target, "old");
		}
		HookedFileOps files = new HookedFileOps(FileOps.system());
		moment.hook(files, this.target, this::signal);
		if (moment.stops) {
			assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> write(files, overwrite));
			this.interruption.end(ExitStatus.ERROR);
		}
		else {
			write(files, overwrite);
			this.interruption.end(ExitStatus.SUCCESS);
		}
		assertThat(files.ran()).isTrue();
		assertThat(this.status.get(30, TimeUnit.SECONDS))
			.isEqualTo(moment.stops ? ExitStatus.INTERRUPTED : ExitStatus.SUCCESS);
		assertThat(this.interruption.isInterrupted()).isEqualTo(moment.stops);
		if (!moment.stops) {
			assertThat(this.target).hasContent("new");
		}
		else if (overwrite) {
			assertThat(this.target).hasContent("old");
		}
		assertThat(DirectoryContent.of(this.temporary))
			.isEqualTo((moment.stops && !overwrite) ? List.of() : List.of("config.json"));
	}

	private void write(FileOps files, boolean overwrite) throws IOException {
		TrackedFiles tracked = new TrackedFiles(files);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(tracked).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder().files(tracked).locks(locks).build()) {
			this.interruption.engage(tracked, locks);
			try (StagedWrite staged = template.open(this.target,
					WriteOptions.engineDefaults().toBuilder().overwrite(overwrite).build())) {
				staged.output().write("new".getBytes());
				staged.commit();
			}
		}
	}

	/** In the thread of the shutdown hook, which then waits for the worker. */
	private void signal() {
		Thread hook = new Thread(() -> this.status.complete(this.interruption.interrupt()));
		hook.start();
		Awaitility.await().until(() -> hook.getState() == Thread.State.TIMED_WAITING);
		// the flag of the worker ends its wait for a lock or for input, and nothing else
		Thread.interrupted();
	}

	/**
	 * When the signal comes.
	 */
	enum Moment {

		/** While the content is synced. */
		SYNC(true),

		/** Just before the system call that makes it the target. */
		COMMIT(false),

		/** Between that and its answer. */
		ANSWER(false),

		/** While its directory is synced. */
		PUBLISH(false);

		private final boolean stops;

		Moment(boolean stops) {
			this.stops = stops;
		}

		void hook(HookedFileOps files, Path target, HookedFileOps.Hook signal) {
			switch (this) {
				case SYNC -> files.before((call) -> call.op() == Op.SYNC, 1, signal);
				case COMMIT -> files.before((call) -> isCommit(call, target), 1, signal);
				case ANSWER -> files.after((call) -> isCommit(call, target), 1, signal);
				case PUBLISH -> files.before((call) -> call.op() == Op.SYNC_DIRECTORY, 1, signal);
			}
		}

		private static boolean isCommit(FileCall call, Path target) {
			return target.equals(call.other());
		}

	}

}
