package io.atomicwrite.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the tour over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
// the application ends before its directory is deleted
@DirtiesContext
class TourApiTests {

	private static final String TOUR = "/api/tour";

	@TempDir
	static Path data;

	private final Client client;

	private final SampleProperties properties;

	TourApiTests(@LocalServerPort int port, @Autowired SampleProperties properties) {
		this.client = new Client(port);
		this.properties = properties;
	}

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("sample.data", data::toString);
	}

	@BeforeEach
	void someSettings() {
		assertThat(this.client.put(Client.SETTINGS, settings("Some")).statusCode()).isEqualTo(200);
	}

	@Test
	void whatWasReplacedIsHistoryAndComesBack() {
		this.client.put(Client.SETTINGS, settings("Before"));
		this.client.put(Client.SETTINGS, settings("After"));
		JsonNode newest = json("/history").get(0);
		assertThat(newest.at("/settings/title").asString()).isEqualTo("Before");
		assertThat(post("/restore", Map.of("name", newest.at("/name").asString())).statusCode()).isEqualTo(204);
		assertThat(title()).isEqualTo("Before");
		assertThat(json("/history").at("/0/settings/title").asString()).isEqualTo("After");
	}

	@ParameterizedTest
	@ValueSource(strings = { "settings.json", "../settings.json", "/etc/passwd", "", "none" })
	void onlyABackupIsRestored(String name) {
		assertThat(post("/restore", Map.of("name", name)).statusCode()).isEqualTo(404);
	}

	@Test
	void anEditByHandIsNoticed() {
		String text = json("/file").at("/text").asString();
		assertThat(this.client.put(TOUR + "/file", Map.of("text", text.replace("Some", "By hand"))).statusCode())
			.isEqualTo(204);
		await().untilAsserted(() -> assertThat(title()).isEqualTo("By hand"));
	}

	@Test
	void aByteThatChangesOnTheDiskIsFound() {
		assertThat(post("/export", Map.of("rows", 1000)).statusCode()).isEqualTo(200);
		assertThat(json("/export").at("/intact").asBoolean()).isTrue();
		post("/export/damage", Map.of());
		assertThat(json("/export").at("/intact").asBoolean()).isFalse();
		assertThat(json("/export").at("/problem").asString()).isNotBlank();
	}

	@Test
	void aKilledWriterLeavesOldOrNew() throws Exception {
		int run = Client.json(post("/drill", Map.of())).at("/run").asInt();
		assertThat(Client.json(post("/drill", Map.of())).at("/run").asInt()).as("one at a time").isEqualTo(run);
		await().atMost(Duration.ofMinutes(3)).until(() -> !json("/drill").at("/status").asString().equals("RUNNING"));
		JsonNode report = json("/drill");
		assertThat(report.at("/status").asString()).as(report.toString()).isEqualTo("DONE");
		JsonNode atomic = report.at("/atomic");
		assertThat(atomic.at("/found/whole").asBoolean()).as(report.toString()).isTrue();
		long returned = atomic.at("/returned").asLong();
		assertThat(atomic.at("/found/generation").asLong()).isBetween(returned, returned + 1);
		assertThat(report.at("/plain/found/whole").asBoolean()).as(report.toString()).isFalse();
		assertThat(ProcessHandle.current().children().filter(TourApiTests::isDrill)).isEmpty();
		assertThat(this.properties.drill()).isDirectory();
	}

	private static boolean isDrill(ProcessHandle process) {
		return process.info().commandLine().orElse("").contains(DrillWriter.class.getSimpleName());
	}

	@Test
	void noFormOfAnotherSiteChangesAnything() {
		for (String path : List.of("/restore", "/export", "/export/damage", "/drill")) {
			assertThat(this.client.postForm(TOUR + path).statusCode()).as(path).isEqualTo(415);
		}
	}

	private static Settings settings(String title) {
		return new Settings(title, Theme.DARK, 10, 1);
	}

	private String title() {
		return Client.json(this.client.get(Client.SETTINGS)).at("/title").asString();
	}

	private JsonNode json(String path) {
		HttpResponse<String> answer = this.client.get(TOUR + path);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Client.json(answer);
	}

	private HttpResponse<String> post(String path, Object body) {
		return this.client.post(TOUR + path, body);
	}

	@Test
	void theTextOfTheDrillShowsWhetherItIsWhole() throws IOException {
		Path file = data.resolve("text");
		byte[] whole = DrillText.of(7);
		Files.write(file, whole);
		assertThat(DrillText.read(file)).isEqualTo(new DrillText(7, DrillText.LINES, true, whole.length));
		byte[] renewed = DrillText.of(6);
		DrillText.renew(renewed, 7);
		assertThat(renewed).isEqualTo(whole);
		for (int length : new int[] { 0, 30, whole.length / 2, whole.length - 2 }) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThat(DrillText.read(file).whole()).as("%d bytes", length).isFalse();
		}
		byte[] mixed = whole.clone();
		System.arraycopy(DrillText.of(8), whole.length / 2, mixed, whole.length / 2, whole.length / 2);
		Files.write(file, mixed);
		assertThat(DrillText.read(file).whole()).isFalse();
		Files.delete(file);
		assertThat(DrillText.read(file).whole()).isFalse();
	}

}
