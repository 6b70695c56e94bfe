package io.atomicwrite.spring.pages;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/how-to/http-errors.md}.
 */
class HttpErrorsPageTests {

	@TempDir
	private Path directory;

	@Test
	void thePageIsWhatHappens() throws Exception {
		Page.of("http-errors.md").requireJavaIn(getClass(), FileProblems.class);
		try (LockRegistry locks = LockRegistry.fileBuilder().build();
				AtomicFileTemplate files = AtomicFileTemplate.builder()
					.locks(locks)
					.baseDirectory(this.directory)
					.build()) {
			MockMvcTester mvc = MockMvcTester.create(
					MockMvcBuilders.standaloneSetup(new Notes(files)).setControllerAdvice(new FileProblems()).build());
			assertThat(mvc.get().uri("/notes/a")).hasStatus(HttpStatus.NOT_FOUND);
			assertThat(mvc.get().uri("/read/a")).hasStatus(HttpStatus.NOT_FOUND)
				.body()
				.asString()
				.doesNotContain(this.directory.toString());
			files.writeString(Path.of("a"), "text");
			assertThat(mvc.get().uri("/notes/a")).hasStatusOk().hasBodyTextEqualTo("text");
			assertThat(mvc.get().uri("/change/a")).hasStatus(HttpStatus.PRECONDITION_FAILED);
			locked(locks, () -> assertThat(mvc.get().uri("/overwrite/a")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
				.hasHeader("Retry-After", "1"));
		}
	}

	/** Another thread has the lock meanwhile. */
	private void locked(LockRegistry locks, Runnable action) throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> {
			try (LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast())) {
				held.countDown();
				done.await();
				lease.ensureHeld();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		held.await();
		action.run();
		done.countDown();
		holder.get(30, TimeUnit.SECONDS);
	}

	@RestController
	static class Notes {

		private final AtomicFileOperations files;

		Notes(AtomicFileOperations files) {
			this.files = files;
		}

		@GetMapping("/notes/{name}")
		ResponseEntity<String> note(@PathVariable String name) {
			return ResponseEntity.of(this.files.findString(Path.of(name)));
		}

		@GetMapping("/read/{name}")
		String read(@PathVariable String name) {
			return this.files.readString(Path.of(name));
		}

		@GetMapping("/change/{name}")
		void change(@PathVariable String name) {
			this.files.writeString(Path.of(name), "new",
					(options) -> options.expectedVersion(Version.of("other".getBytes())));
		}

		@GetMapping("/overwrite/{name}")
		void overwrite(@PathVariable String name) {
			this.files.writeString(Path.of(name), "new", (options) -> options.lock(LockRequest.failFast()));
		}

	}

}
