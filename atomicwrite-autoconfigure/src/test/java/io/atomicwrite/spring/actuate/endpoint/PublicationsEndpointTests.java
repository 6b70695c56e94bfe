package io.atomicwrite.spring.actuate.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.spring.publication.AtomicPublications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Publications over HTTP: their versions, and a rollback that is audited.
 */
class PublicationsEndpointTests {

	private static final String GRANTED = "--management.endpoint.atomicwritepublications.access=unrestricted";

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	private final List<AuditEvent> audited = new ArrayList<>();

	@AfterEach
	void stop() {
		this.context.close();
	}

	private AtomicPublications start(String... more) {
		ApplicationListener<AuditApplicationEvent> listener = (event) -> this.audited.add(event.getAuditEvent());
		SpringApplicationBuilder builder = new SpringApplicationBuilder(AtomicWriteEndpointTests.Application.class)
			.listeners(listener);
		this.context = builder.run(Stream
			.concat(Stream.of("--server.port=0", "--atomicwrite.housekeeping.enabled=false",
					"--management.endpoints.web.exposure.include=atomicwrite,atomicwritepublications",
					"--atomicwrite.publications.dataset.path=" + this.directory.resolve("dataset")), Stream.of(more))
			.toArray(String[]::new));
		return this.context.getBean(AtomicPublications.class);
	}

	private static void publish(AtomicPublications publications, String version) {
		publications.publish("dataset", (out) -> out.file("f", new byte[4]), (options) -> options.withVersion(version));
	}

	@Test
	void versionsAreListedWithTheirReaders() throws Exception {
		AtomicPublications publications = start();
		JsonNode none = body(get(""), 200).at("/publications/dataset");
		assertThat(none.propertyNames()).containsExactly("path", "bytes", "versions", "looked");
		publish(publications, "v1");
		publish(publications, "v2");
		try (OpenVersion open = publications.open("dataset", "v1")) {
			JsonNode dataset = body(get("/dataset"), 200);
			assertThat(dataset.at("/latest").asString()).isEqualTo("v2");
			assertThat(dataset.at("/bytes").asLong()).isEqualTo(4);
			assertThat(dataset.at("/versions").size()).isEqualTo(2);
			assertThat(dataset.at("/versions/0/name").asString()).isEqualTo(open.name());
			assertThat(dataset.at("/versions/0/readers").asInt()).isOne();
			assertThat(dataset.at("/versions/0/latest").asBoolean()).isFalse();
			assertThat(dataset.at("/versions/1/readers").asInt()).isZero();
			assertThat(dataset.at("/versions/1/latest").asBoolean()).isTrue();
		}
		assertThat(get("/datset").statusCode()).isEqualTo(404);
	}

	@Test
	void aRollbackIsOffUnlessAccessIsGranted() throws Exception {
		AtomicPublications publications = start();
		publish(publications, "v1");
		publish(publications, "v2");
		assertThat(post("/dataset", "{}").statusCode()).isEqualTo(405);
		assertThat(publications.get("dataset").latest()).contains("v2");
		assertThat(this.audited).isEmpty();
	}

	@Test
	void aRollbackIsAudited() throws Exception {
		AtomicPublications publications = start(GRANTED);
		publish(publications, "v1");
		publish(publications, "v2");
		assertThat(body(post("/dataset", "{}"), 200).at("/version").asString()).isEqualTo("v1");
		assertThat(publications.get("dataset").latest()).contains("v1");
		assertThat(body(post("/dataset", "{\"version\":\"v2\"}"), 200).at("/version").asString()).isEqualTo("v2");
		JsonNode failed = body(post("/dataset", "{\"version\":\"../v1\"}"), 409);
		assertThat(failed.at("/error").asString()).contains("can't be the name of a version");
		assertThat(body(post("/dataset", "{\"version\":\"v9\"}"), 409).at("/error").asString())
			.contains("no such version");
		assertThat(post("/datset", "{}").statusCode()).isEqualTo(404);
		assertThat(this.audited).extracting(AuditEvent::getType).containsOnly("ATOMICWRITE_ROLLBACK").hasSize(4);
		assertThat(this.audited.get(0).getData()).containsEntry("publication", "dataset")
			.containsEntry("version", "v1")
			.containsEntry("outcome", "DONE");
		assertThat(this.audited.get(3).getData()).containsEntry("outcome", "FAILED");
	}

	@Test
	void aPublicationThatDoesNotAnswerHoldsNoRequest() throws Exception {
		start();
		PublicationTasks tasks = new PublicationTasks(Duration.ofMillis(50));
		CountDownLatch answer = new CountDownLatch(1);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> tasks.run("hangs", () -> {
			answer.await();
			return "";
		}));
		assertThat(tasks.runAll(Map.of("hangs", () -> {
			throw new AssertionError("two at a time");
		}))).containsExactly("hangs");
		answer.countDown();
		await().atMost(Duration.ofSeconds(60)).until(() -> tasks.runAll(Map.of("hangs", () -> {
		})).isEmpty());
	}

	@Test
	void aProblemIsPartOfTheDescription() throws Exception {
		AtomicPublications publications = start();
		publish(publications, "v1");
		Files.delete(this.directory.resolve("dataset/latest"));
		Files.createSymbolicLink(this.directory.resolve("dataset/latest"), Path.of("/etc"));
		JsonNode dataset = body(get("/dataset"), 200);
		assertThat(dataset.at("/problem").asString()).contains("names no version");
		assertThat(dataset.at("/latest").asString()).isEqualTo("v1");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(request(path).build());
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + port + "/actuator/atomicwrite/publications" + path));
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode body(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

}
