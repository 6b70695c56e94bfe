package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class LookTests {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofHours(1);

	private final AtomicInteger looks = new AtomicInteger();

	private final CountDownLatch answer = new CountDownLatch(1);

	private final AtomicReference<Thread> looker = new AtomicReference<>();

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	@AfterEach
	void letGo() {
		this.answer.countDown();
	}

	@Test
	void aDirectoryThatDoesNotAnswerHoldsOneThreadAndEachCallerForTheLimit() throws Exception {
		try (Look<String> look = look(this::hang)) {
			assertThat(this.looker.get()).isNull();
			long start = System.nanoTime();
			Answer<String> silent = look.await(look.begin(Duration.ZERO));
			assertThat(System.nanoTime() - start).isBetween(LIMIT.toNanos(), LIMIT.multipliedBy(10).toNanos());
			assertThat(silent.silent()).isTrue();
			assertThat(silent.problem())
				.hasValueSatisfying((text) -> assertThat(text).startsWith("did not answer for 2"));
			assertThat(silent.current()).isEmpty();
			assertThat(this.looker.get().isDaemon()).isTrue();
			long later = System.nanoTime();
			for (int i = 0; i < 1000; i++) {
				assertThat(look.await(look.begin(Duration.ZERO)).silent()).isTrue();
				assertThat(look.now().silent()).isTrue();
			}
			assertThat(System.nanoTime() - later).isLessThan(TimeUnit.SECONDS.toNanos(2));
			assertThat(this.looks).hasValue(1);

			this.answer.countDown();
			await().until(() -> look.now().current().isPresent());
			assertThat(look.await(look.begin(Duration.ZERO)).current()).contains("answer 2");
		}
	}

	@Test
	void theLastValueStaysKnownWithItsAge() {
		AtomicReference<Callable<String>> work = new AtomicReference<>(() -> "good");
		try (Look<String> look = look(() -> work.get().call())) {
			assertThat(look.now()).isEqualTo(Answer.none());
			assertThat(look.await(look.begin(Duration.ZERO)).current()).contains("good");
			work.set(this::hang);
			this.now.set(Instant.EPOCH.plusSeconds(7));
			Answer<String> silent = look.await(look.begin(Duration.ofSeconds(7)));
			assertThat(silent.value()).contains("good");
			assertThat(silent.current()).isEmpty();
			assertThat(silent.staleness(this.now.get())).contains(Duration.ofSeconds(7));
			// young enough for this caller, but the directory is known to be silent
			assertThat(look.await(look.begin(LONG)).silent()).isTrue();
		}
	}

	@Test
	void whoeverNeedsNoNewerAnswerWaitsForNone() {
		AtomicReference<Callable<String>> work = new AtomicReference<>(() -> "good");
		try (Look<String> look = new Look<>("look", () -> work.get().call(), () -> {
		}, LONG, this.now::get)) {
			look.await(look.begin(Duration.ZERO));
			work.set(this::hang);
			look.begin(Duration.ZERO);
			assertThat(look.now().current()).contains("good");
			assertThat(look.await(look.begin(LONG)).current()).contains("good");
		}
	}

	@Test
	void aFailureIsAnAnswerWhateverItIs() {
		for (Throwable failure : new Throwable[] { new IOException("broken"), new IllegalStateException("broken"),
				new StackOverflowError("broken") }) {
			try (Look<String> look = look(() -> {
				throwUnchecked(failure);
				return "";
			})) {
				Answer<String> failed = look.await(look.begin(Duration.ZERO));
				assertThat(failed.silent()).isFalse();
				assertThat(failed.value()).isEmpty();
				assertThat(failed.problem())
					.hasValueSatisfying((text) -> assertThat(text).startsWith("can't be read: ").endsWith("broken"));
				// and it is looked at again
				assertThat(look.await(look.begin(Duration.ZERO)).problem()).isPresent();
			}
		}
	}

	@Test
	void anInterruptedCallerReturnsAtOnceAndBlamesNoDirectory() {
		try (Look<String> look = new Look<>("look", this::hang, () -> {
		}, LONG, InstantSource.system())) {
			Thread.currentThread().interrupt();
			Answer<String> answer = look.await(look.begin(Duration.ZERO));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(answer.silent()).isFalse();
			assertThat(answer.problem()).contains("the wait for an answer was interrupted");
		}
	}

	@Test
	void aClosedLookFails() {
		Look<String> look = look(() -> "good");
		look.close();
		assertThat(look.await(look.begin(Duration.ZERO)).problem()).contains("the application is shutting down");
	}

	@Test
	void theStartFailsOnceItHasWaitedLongEnough() {
		ManagedDirectory directory = new ManagedDirectory("data", Path.of("/data"));
		assertThatThrownBy(() -> new StartupWait(LIMIT).await(directory, this::hang))
			.isInstanceOf(DirectoryNotAnsweringException.class)
			.hasMessage("Managed directory 'data' (/data) did not answer for 200 ms");
		assertThatIllegalStateException().isThrownBy(() -> new StartupWait(LIMIT).await(directory, () -> {
			throw new IllegalStateException("as it is");
		})).withMessage("as it is").withNoCause();
		assertThat(new StartupWait(LIMIT).await(directory, () -> "done")).isEqualTo("done");
	}

	@Test
	void theStartNamesTheDirectoryOfTheBackupsIfThatIsWhatHangs() {
		ManagedDirectory directory = new ManagedDirectory("data", Path.of("/data"));
		assertThatThrownBy(() -> new StartupWait(LIMIT).await(directory, (backups) -> {
			backups.accept(Path.of("/backups"));
			return hang();
		})).isInstanceOf(DirectoryNotAnsweringException.class)
			.hasMessage("The backup directory /backups of managed directory 'data' (/data) did not answer for 200 ms");
	}

	private Look<String> look(Callable<String> work) {
		return new Look<>("look", work, () -> {
		}, LIMIT, this.now::get);
	}

	private String hang() {
		this.looker.set(Thread.currentThread());
		int number = this.looks.incrementAndGet();
		while (true) {
			try {
				this.answer.await();
				return "answer " + number;
			}
			catch (InterruptedException ex) {
				// as stat(2) on a filesystem that hangs
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void throwUnchecked(Throwable failure) throws E {
		throw (E) failure;
	}

}
