package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sweeps over HTTP, which an application has to allow.
 */
class SweepOperationTests {

	private static final String GRANTED = "--management.endpoint.atomicwrite.access=unrestricted";

	@TempDir
	private Path directory;

	private Path data;

	private Path orphan;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void createFiles() throws IOException {
		this.data = Files.createDirectory(this.directory.toRealPath().resolve("data"));
		this.orphan = Files.write(this.data.resolve(".a.json.0123456789abcdef.tmp"), new byte[3]);
		Files.setLastModifiedTime(this.orphan, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void isOffUnlessAccessIsGranted() throws Exception {
		start();
		assertThat(post("data", "{\"dryRun\":false}").statusCode()).isEqualTo(405);
		assertThat(this.orphan).exists();
	}

	@Test
	void isOffWhereLessIsPermitted() throws Exception {
		start(GRANTED, "--management.endpoints.access.max-permitted=read-only");
		assertThat(post("data", "{\"dryRun\":false}").statusCode()).isEqualTo(405);
		assertThat(this.orphan).exists();
	}

	@Test
	void isADryRunUnlessConfiguredOtherwise() throws Exception {
		start(GRANTED);
		for (String body : new String[] { "{}", "{\"dryRun\":true}" }) {
			JsonNode report = json(post("data", body));
			assertThat(report.at("/dryRun").asBoolean()).isTrue();
			assertThat(report.at("/removed").toString()).isEqualTo("{\"STAGING\":{\"count\":1,\"bytes\":3}}");
			assertThat(this.orphan).exists();
		}
		assertThat(removals()).isZero();
	}

	@Test
	void sweeps() throws Exception {
		start(GRANTED);
		JsonNode report = json(post("data", "{\"dryRun\":false}"));
		assertThat(this.data).isEmptyDirectory();
		assertThat(report.propertyNames()).containsExactly("path", "dryRun", "skipped", "complete", "examined",
				"removed", "alive", "young", "failures", "failureCount", "elapsed");
		assertThat(report.at("/path").asString()).isEqualTo(this.data.toString());
		assertThat(report.at("/dryRun").asBoolean()).isFalse();
		assertThat(report.at("/complete").asBoolean()).isTrue();
		assertThat(report.at("/removed").toString()).isEqualTo("{\"STAGING\":{\"count\":1,\"bytes\":3}}");
		assertThat(report.at("/failures").toString()).isEqualTo("[]");
		assertThat(Duration.parse(report.at("/elapsed").asString())).isPositive();
		assertThat(removals()).isOne();
	}

	@Test
	void saysThatAnotherSweepIsUnderWay() throws Exception {
		start(GRANTED);
		LockRegistry locks = this.context.getBean(LockRegistry.class);
		try (LockLease lease = locks.acquire(this.data.resolve(".atomicwrite-housekeeping"), LockRequest.failFast())) {
			assertThat(json(post("data", "{\"dryRun\":false}")).at("/skipped").asBoolean()).isTrue();
			assertThat(this.orphan).exists();
		}
	}

	@Test
	void showsFailures() throws Exception {
		start(GRANTED);
		Files.delete(this.orphan);
		Files.delete(this.data);
		JsonNode report = json(post("data", "{\"dryRun\":false}"));
		assertThat(report.at("/failureCount").asInt()).isOne();
		assertThat(report.at("/failures/0/path").asString()).isEqualTo(this.data.toString());
		assertThat(report.at("/failures/0/reason").asString()).isNotEmpty();
	}

	@Test
	void refusesUnknownNamesAndOtherBodies() throws Exception {
		start(GRANTED);
		assertThat(post("none", "{\"dryRun\":false}").statusCode()).isEqualTo(404);
		assertThat(post("data", "{\"dryRun\":\"perhaps\"}").statusCode()).isEqualTo(400);
		assertThat(this.orphan).exists();
	}

	private double removals() throws Exception {
		HttpRequest request = request("/actuator/metrics/atomicwrite.housekeeping.removed?tag=kind:staging").build();
		return json(send(request)).at("/measurements/0/value").asDouble();
	}

	private void start(String... arguments) {
		String[] all = { "--server.port=0", "--atomicwrite.housekeeping.enabled=false",
				"--management.endpoints.web.exposure.include=atomicwrite,metrics",
				"--atomicwrite.directories.data.path=" + this.data };
		this.context = new SpringApplicationBuilder(AtomicWriteEndpointTests.Application.class)
			.run(Stream.of(all, arguments).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private HttpResponse<String> post(String name, String body) throws Exception {
		return send(request("/actuator/atomicwrite/" + name).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI
			.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path));
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

}
