package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a template is given belongs to others too: closing the template ends what is its
 * own, and nothing else.
 */
@Timeout(30)
class SharedThingsTests {

	@TempDir
	private Path directory;

	private final WriteOptions patient = WriteOptions.engineDefaults()
		.with((changes) -> changes.lock(LockRequest.waitForever()));

	@ParameterizedTest
	@ValueSource(strings = { "file", "in-process" })
	void closingOneOfTwoTemplatesEndsItsOwnWaitsAlone(String kind) {
		LockRegistry locks = kind.equals("file") ? LockRegistry.file() : LockRegistry.inProcess();
		AtomicFileTemplate first = template(locks);
		AtomicFileTemplate second = template(locks);
		Path target = this.directory.resolve("a.txt");
		LockLease lease = locks.acquire(target, LockRequest.failFast());
		CompletableFuture<WriteResult> ends = inThread(first, target);
		CompletableFuture<WriteResult> stays = inThread(second, target);
		await().until(() -> locks.waiting().size() == 2);

		long start = System.nanoTime();
		first.close();

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		assertClosed(ends);
		assertThat(locks.waiting()).hasSize(1);
		assertThat(stays).isNotDone();
		lease.close();
		assertThat(stays.join().outcome()).isNotNull();
		second.writeString(this.directory.resolve("b.txt"), "b");
		assertThat(this.directory.resolve("b.txt")).hasContent("b");
	}

	@Test
	void closingEndsTheWaitForALockThatIsHeldElsewhere() {
		LockRegistry locks = LockRegistry.file();
		AtomicFileTemplate template = template(locks);
		Path target = this.directory.resolve("a.txt");
		try (LockLease elsewhere = LockRegistry.file().acquire(target, LockRequest.failFast())) {
			CompletableFuture<WriteResult> ends = inThread(template, target);
			await().until(() -> locks.waiting().size() == 1);
			template.close();
			assertClosed(ends);
		}
		try (LockLease mine = locks.acquire(target, LockRequest.failFast())) {
			mine.ensureHeld();
		}
	}

	@Test
	void endingAWaitLeavesTheLeaseThatTheThreadHolds() {
		LockRegistry locks = LockRegistry.file();
		try (LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast())) {
			locks.endWait(Thread.currentThread());
			lease.ensureHeld();
			locks.acquire(this.directory.resolve("b"), LockRequest.waitForever()).close();
		}
	}

	@Test
	void aListenerThatWritesIsNotInvokedForItsOwnWrite() {
		AtomicReference<AtomicFileTemplate> template = new AtomicReference<>();
		List<String> heard = new ArrayList<>();
		AtomicInteger others = new AtomicInteger();
		template.set(AtomicFileTemplate.builder().listener(new WriteListener() {

			@Override
			public void completed(WriteAttempt attempt, WriteResult result) {
				heard.add(attempt.target().getFileName().toString());
				template.get().writeString(SharedThingsTests.this.directory.resolve("log"), "entry");
			}

		}).listener(new WriteListener() {

			@Override
			public void completed(WriteAttempt attempt, WriteResult result) {
				others.incrementAndGet();
			}

		}).build());
		template.get().writeString(this.directory.resolve("a"), "a");
		assertThat(heard).containsExactly("a");
		assertThat(others).hasValue(2);
		assertThat(this.directory.resolve("log")).hasContent("entry");
	}

	@Test
	void aLockListenerThatWritesIsNotInvokedForItsOwnLock() {
		AtomicReference<AtomicFileTemplate> template = new AtomicReference<>();
		List<String> heard = new ArrayList<>();
		LockRegistry locks = LockRegistry.fileBuilder().listener(new LockListener() {

			@Override
			public void acquired(Path target, Duration waited) {
				heard.add(target.getFileName().toString());
				template.get().writeString(SharedThingsTests.this.directory.resolve("log"), "entry");
			}

		}).build();
		template.set(template(locks));
		template.get().writeString(this.directory.resolve("a"), "a");
		assertThat(heard).containsExactly("a");
		assertThat(this.directory.resolve("log")).hasContent("entry");
	}

	@Test
	void formatsAreMadeWithTheFirstValue() throws Exception {
		AtomicInteger made = new AtomicInteger();
		AtomicFileTemplate template = AtomicFileTemplate.builder().formats(() -> {
			made.incrementAndGet();
			return List.of(new JacksonJsonFormat());
		}).build();
		template.writeString(this.directory.resolve("a"), "a");
		assertThat(made).hasValue(0);
		template.writeValue(this.directory.resolve("a.json"), List.of(1));
		template.writeValue(this.directory.resolve("b.json"), List.of(1));
		assertThat(made).hasValue(1);
		assertThat(Files.readString(this.directory.resolve("a.json"))).contains("1");
	}

	private AtomicFileTemplate template(LockRegistry locks) {
		return AtomicFileTemplate.builder().locks(locks).defaults(this.patient).build();
	}

	private static CompletableFuture<WriteResult> inThread(AtomicFileTemplate template, Path target) {
		return CompletableFuture.supplyAsync(() -> template.writeString(target, "content"),
				(task) -> new Thread(task).start());
	}

	private static void assertClosed(CompletableFuture<WriteResult> ended) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(ended::join)
			.havingCause()
			.isInstanceOfSatisfying(LockNotAcquiredException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(LockNotAcquiredException.Reason.CLOSED))
			.withMessageContaining("the template that waited for it");
	}

}
