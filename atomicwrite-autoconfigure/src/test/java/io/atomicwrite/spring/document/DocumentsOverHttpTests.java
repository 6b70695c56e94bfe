package io.atomicwrite.spring.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.context.RunningApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Documents of an application with a web server.
 */
class DocumentsOverHttpTests {

	@TempDir
	private Path directory;

	@Test
	void whatTheLastRequestHasChangedIsDurableOnceEverythingElseHasStopped() throws Exception {
		Path file = this.directory.resolve("counter.json");
		RunningApplication application = start(file);
		Web web = application.context().getBean(Web.class);
		CompletableFuture<HttpResponse<String>> request = CompletableFuture
			.supplyAsync(() -> get(application, "/slow"));
		web.arrived.await();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(application::close);
		await().until(() -> !application.context().isActive() || web.stopping);
		assertThat(closing).isNotDone();
		web.mayGoOn.countDown();
		assertThat(request.join().statusCode()).isEqualTo(200);
		closing.join();
		assertThat(web.seenLast).contains("\"count\": 1");
	}

	@Test
	void theEndpointListsDocumentsWithoutTheirContent() throws Exception {
		Path file = Files.writeString(this.directory.resolve("counter.json"), "{\"count\": 4711}");
		try (RunningApplication application = start(file)) {
			JsonNode document = application.json("/actuator/atomicwrite").at("/documents/counter");
			assertThat(document.path("path").asString()).isEqualTo(file.toString());
			assertThat(document.path("status").asString()).isEqualTo("VALID");
			assertThat(document.path("version").asString()).matches("[0-9a-f]{64}");
			assertThat(document.path("since").asString()).startsWith("20");
			assertThat(document.has("problem")).isFalse();
			Files.writeString(file, "{\"count\": secret}");
			await().until(() -> application.json("/actuator/atomicwrite").at("/documents/counter").has("problem"));
			JsonNode invalid = application.json("/actuator/atomicwrite").at("/documents/counter");
			assertThat(invalid.path("status").asString()).isEqualTo("INVALID");
			assertThat(invalid.at("/problem/line").asInt()).isEqualTo(1);
			assertThat(invalid.at("/problem/column").asInt()).isEqualTo(11);
			assertThat(invalid.at("/problem/kind").asString()).isEqualTo("MALFORMED");
			assertThat(application.get("/actuator/atomicwrite").body()).doesNotContain("4711").doesNotContain("secret");
		}
	}

	private static RunningApplication start(Path file) {
		return RunningApplication.start(List.of(Application.class), "server.shutdown=graceful",
				"atomicwrite.documents.counter.path=" + file);
	}

	private static HttpResponse<String> get(RunningApplication application, String path) {
		try {
			return application.get(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Counter(@DefaultValue("0") int count) {
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Web.class, First.class, Last.class })
	static class Application {

		@Bean
		AtomicDocument<Counter> counter(AtomicDocuments documents) {
			return documents.open("counter", Counter.class);
		}

	}

	@RestController
	static class Web {

		private final CountDownLatch arrived = new CountDownLatch(1);

		private final CountDownLatch mayGoOn = new CountDownLatch(1);

		private final AtomicDocument<Counter> counter;

		private volatile boolean stopping;

		private volatile String seenLast = "";

		Web(AtomicDocument<Counter> counter) {
			this.counter = counter;
		}

		@GetMapping("/slow")
		String slow() throws InterruptedException {
			this.arrived.countDown();
			this.mayGoOn.await();
			this.counter.updateAsync((old) -> new Counter(old.count() + 1));
			return "accepted";
		}

	}

	/** Stops before the web server. */
	static class First extends Phase {

		private final Web web;

		First(Web web) {
			super(SmartLifecycle.DEFAULT_PHASE);
			this.web = web;
		}

		@Override
		void stopped() {
			this.web.stopping = true;
		}

	}

	/** Stops after everything else, before any bean is destroyed. */
	static class Last extends Phase {

		private final Web web;

		Last(Web web) {
			super(Integer.MIN_VALUE);
			this.web = web;
		}

		@Override
		void stopped() {
			try {
				this.web.seenLast = Files.readString(this.web.counter.path());
			}
			catch (IOException ex) {
				this.web.seenLast = ex.toString();
			}
		}

	}

	abstract static class Phase implements SmartLifecycle {

		private final int phase;

		private volatile boolean running;

		Phase(int phase) {
			this.phase = phase;
		}

		abstract void stopped();

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			stopped();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
