package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.BatchFailedException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A signal at each moment of a publication, and in the middle of a batch: the status is 3
 * if and only if nothing has become visible that the caller can't expect.
 */
class PublishSignalTests {

	@TempDir
	private Path temporary;

	/** It must not give up before the write looks. */
	private final Interruption interruption = new Interruption(Duration.ofSeconds(30));

	private final CompletableFuture<Integer> status = new CompletableFuture<>();

	@AfterEach
	void takeBackTheInterrupt() {
		Thread.interrupted();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftOfAVersionUnlessItIsThere(Moment moment) throws Exception {
		publish(FileOps.system(), "v1");
		List<String> before = DirectoryContent.of(this.temporary);
		HookedFileOps files = new HookedFileOps(FileOps.system());
		if (moment.after) {
			files.after(moment.call, 1, this::signal);
		}
		else {
			files.before(moment.call, 1, this::signal);
		}
		if (moment.stops) {
			assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> publish(files, "v2"));
			this.interruption.end(ExitStatus.ERROR);
		}
		else {
			publish(files, "v2");
			this.interruption.end(ExitStatus.SUCCESS);
		}
		assertThat(files.ran()).isTrue();
		assertThat(this.status.get(60, TimeUnit.SECONDS))
			.isEqualTo(moment.stops ? ExitStatus.INTERRUPTED : ExitStatus.SUCCESS);
		assertThat(Files.readSymbolicLink(this.temporary.resolve("set/latest")))
			.isEqualTo(Path.of(moment.stops ? "v1" : "v2"));
		if (moment.stops) {
			assertThat(DirectoryContent.of(this.temporary)).isEqualTo(before);
		}
	}

	private void publish(FileOps delegate, String version) throws IOException {
		StoppableFiles files = new StoppableFiles(delegate, (name) -> name.endsWith(Publication.LATEST));
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).locks(locks).build()) {
			this.interruption.engage(files, locks);
			template.publication(this.temporary.toRealPath(), "set").publish((out) -> {
				out.file("d/a", "1".getBytes());
				out.file("b", "2".getBytes());
			}, PublishOptions.defaults().withVersion(version));
		}
	}

	@Test
	void aBatchEndsAndEachOfItsFilesIsOldOrNew() throws Exception {
		HookedFileOps hooked = new HookedFileOps(FileOps.system());
		hooked.after((call) -> isRename(call, "f10"), 1, this::signal);
		StoppableFiles files = new StoppableFiles(hooked, (name) -> false);
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).locks(locks).build()) {
			this.interruption.engage(files, locks);
			Batch.Builder batch = Batch.builder();
			for (int i = 10; i < 30; i++) {
				batch.add(this.temporary.resolve("f" + i), "new".getBytes());
			}
			assertThatExceptionOfType(BatchFailedException.class).isThrownBy(() -> template.writeAll(batch.build()));
		}
		this.interruption.end(ExitStatus.ERROR);
		assertThat(this.status.get(60, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
		assertThat(DirectoryContent.of(this.temporary)).containsExactly("f10");
	}

	private static boolean isRename(FileCall call, String name) {
		return call.other() != null && call.other().endsWith(name);
	}

	/** In the thread of the shutdown hook, which then waits for the worker. */
	private void signal() {
		Thread hook = new Thread(() -> this.status.complete(this.interruption.interrupt()));
		hook.start();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> hook.getState() == Thread.State.TIMED_WAITING);
		// the flag of the worker ends its wait for a lock or for input, and nothing else
		Thread.interrupted();
	}

	/**
	 * When the signal comes.
	 */
	enum Moment {

		/** Before the directory of the version is created. */
		BEGIN((call) -> call.op() == Op.CREATE_DIRECTORY, false, true),

		/** While a file is written. */
		WRITE((call) -> call.op() == Op.WRITE, false, true),

		/** Just before the version is whole. */
		MANIFEST((call) -> isRename(call, "manifest.json"), false, true),

		/** When it is whole and nobody has been sent there. */
		WHOLE((call) -> isRename(call, "manifest.json"), true, true),

		/** When all that is left to do is one rename. */
		STAGED((call) -> call.op() == Op.CREATE_LINK, true, true),

		/** Just before the system call that moves the pointer. */
		POINTER((call) -> isRename(call, "latest"), false, false),

		/** When readers see it. */
		VISIBLE((call) -> isRename(call, "latest"), true, false);

		private final Predicate<FileCall> call;

		private final boolean after;

		private final boolean stops;

		Moment(Predicate<FileCall> call, boolean after, boolean stops) {
			this.call = call;
			this.after = after;
			this.stops = stops;
		}

	}

}
