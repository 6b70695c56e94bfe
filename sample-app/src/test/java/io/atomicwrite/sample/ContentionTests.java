package io.atomicwrite.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what an operator sees while two writers contend for one file.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "atomicwrite.lock.timeout=5m")
// the application ends before its directory is deleted
@DirtiesContext
@AutoConfigureMetrics
class ContentionTests {

	private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\"");

	/** Enough for a machine that is busy with other things. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Settings LATER = new Settings("Later", Theme.LIGHT, 10, 2);

	@TempDir
	static Path data;

	private final Client client;

	private final Path file;

	private final AtomicFileTemplate template;

	ContentionTests(@LocalServerPort int port, @Autowired SampleProperties properties,
			@Autowired AtomicFileTemplate template) {
		this.client = new Client(port);
		this.file = properties.settings();
		this.template = template;
	}

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("sample.data", data::toString);
	}

	@BeforeEach
	void someSettings() throws IOException {
		Files.createDirectories(this.file.getParent());
		assertThat(this.client.put(Client.SETTINGS, new Settings("First", Theme.DARK, 10, 1)).statusCode())
			.isEqualTo(200);
	}

	@Test
	void twoWritersOfOneProcess() throws Exception {
		long waits = lockWaits("COUNT");
		CompletableFuture<HttpResponse<String>> second;
		try (StagedWrite first = this.template.open(this.file)) {
			second = this.client.putLater(Client.SETTINGS, LATER);
			awaitWaitingWriter();
			JsonNode held = json("/actuator/atomicwrite").at("/locks/held");
			assertThat(held).hasSize(1);
			assertThat(held.at("/0/target").asString()).isEqualTo(realFile());
			assertThat(held.at("/0/waiters").asInt()).isEqualTo(1);
			assertThat(held.at("/0/since").asString()).isNotBlank();
			assertThat(held.at("/0/thread").asString()).isEqualTo(Thread.currentThread().getName());
			assertContended();
			assertThat(prometheus()).containsPattern("(?m)^atomicwrite_lock_held(\\{.*})? 1\\.0$");
			assertThat(second).isNotDone();
			first.output()
				.write("{\"title\":\"Between\",\"theme\":\"DARK\",\"maxConnections\":1,\"revision\":9}"
					.getBytes(StandardCharsets.UTF_8));
			first.commit();
		}
		assertSecondWriterWrote(second, waits + 2);
	}

	@Test
	void writerOfAnotherProcess() throws Exception {
		long waits = lockWaits("COUNT");
		CompletableFuture<HttpResponse<String>> second;
		try (LockHolder other = LockHolder.start(this.file)) {
			second = this.client.putLater(Client.SETTINGS, LATER);
			awaitWaitingWriter();
			assertContended();
			assertThat(second).isNotDone();
		}
		assertSecondWriterWrote(second, waits + 1);
	}

	@Test
	void pagesThatTheIndexLinksTo() {
		String index = this.client.get("/").body();
		List<String> links = LINK.matcher(index).results().map((link) -> link.group(1)).toList();
		assertThat(links).contains("actuator/health", "actuator/atomicwrite", "actuator/prometheus");
		assertThat(links).allSatisfy((link) -> assertThat(this.client.get("/" + link).statusCode()).isEqualTo(200));
	}

	private void awaitWaitingWriter() {
		await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode waiting = json("/actuator/atomicwrite").at("/locks/waiting");
			assertThat(waiting).hasSize(1);
			assertThat(waiting.at("/0/target").asString()).isEqualTo(realFile());
			assertThat(waiting.at("/0/since").asString()).isNotBlank();
			assertThat(waiting.at("/0/thread").asString()).isNotBlank();
		});
	}

	/** What each page shows while one writer has the lease and another one waits. */
	private void assertContended() {
		assertThat(json("/actuator/health").at("/components/atomicwrite/status").asString()).isEqualTo("UP");
		JsonNode directory = json("/actuator/atomicwrite").at("/directories/settings");
		assertThat(directory.at("/path").asString()).isEqualTo(data.resolve("settings").toString());
		assertThat(directory.at("/filesystem/class").asString()).isNotBlank();
		assertThat(directory.at("/guarantees/ATOMIC_VISIBILITY/level").asString()).isEqualTo("GUARANTEED");
		assertThat(directory.at("/guarantees/WRITER_EXCLUSION/reason").asString()).isNotBlank();
		assertThat(lockWaits("COUNT")).isPositive();
		assertThat(prometheus()).containsPattern("(?m)^atomicwrite_lock_waiting(\\{.*})? 1\\.0$")
			.containsPattern("(?m)^atomicwrite_lock_wait_seconds_count\\{.*directory=\"settings\".*} [1-9]")
			.containsPattern("(?m)^atomicwrite_write_seconds_count\\{.*directory=\"settings\".*} [1-9]")
			.containsPattern(
					"(?m)^atomicwrite_guarantee_level\\{.*directory=\"settings\".*guarantee=\"atomic_visibility\".*} 3\\.0$")
			.doesNotContain(data.toString());
	}

	private void assertSecondWriterWrote(CompletableFuture<HttpResponse<String>> second, long waits) {
		assertThat(second.join().statusCode()).isEqualTo(200);
		assertThat(json(Client.SETTINGS).at("/title").asString()).isEqualTo("Later");
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(json("/actuator/atomicwrite").at("/locks/held")).isEmpty();
			assertThat(json("/actuator/atomicwrite").at("/locks/waiting")).isEmpty();
			assertThat(lockWaits("COUNT")).isEqualTo(waits);
		});
		assertThat(prometheus())
			.containsPattern("(?m)^atomicwrite_lock_wait_seconds_sum\\{.*outcome=\"acquired\".*} [0-9.E-]*[1-9]")
			.containsPattern("(?m)^atomicwrite_lock_waiting(\\{.*})? 0\\.0$");
	}

	private long lockWaits(String statistic) {
		for (JsonNode measurement : json("/actuator/metrics/atomicwrite.lock.wait").at("/measurements")) {
			if (measurement.at("/statistic").asString().equals(statistic)) {
				return measurement.at("/value").asLong();
			}
		}
		throw new AssertionError("no " + statistic);
	}

	private String prometheus() {
		HttpResponse<String> answer = this.client.get("/actuator/prometheus");
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	private JsonNode json(String path) {
		HttpResponse<String> answer = this.client.get(path);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Client.json(answer);
	}

	private String realFile() throws IOException {
		return this.file.toRealPath().toString();
	}

}
