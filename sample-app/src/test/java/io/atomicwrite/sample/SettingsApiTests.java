package io.atomicwrite.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.atomicwrite.document.AtomicDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * Tests of the settings over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
// the application ends before its directory is deleted
@DirtiesContext
class SettingsApiTests {

	private static final Settings SOME = new Settings("Größe \uD83D\uDE80", Theme.DARK, 10, 1);

	@TempDir
	static Path data;

	private final Client client;

	private final Path file;

	private final AtomicDocument<Settings> document;

	SettingsApiTests(@LocalServerPort int port, @Autowired SampleProperties properties,
			@Autowired AtomicDocument<Settings> document) {
		this.client = new Client(port);
		this.file = properties.settings();
		this.document = document;
	}

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("sample.data", data::toString);
	}

	@BeforeEach
	void noSettings() throws IOException {
		Files.deleteIfExists(this.file);
		this.document.reload();
	}

	@Test
	void defaultsWithoutTagBeforeTheFirstWrite() {
		HttpResponse<String> answer = this.client.get(Client.SETTINGS);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("ETag")).isEmpty();
		assertThat(Client.json(answer).at("/title").asString()).isEqualTo("Untitled");
		assertThat(this.file).doesNotExist();
	}

	@Test
	void whatIsPutIsRead() {
		HttpResponse<String> written = this.client.put(Client.SETTINGS, SOME);
		assertThat(written.statusCode()).isEqualTo(200);
		HttpResponse<String> read = this.client.get(Client.SETTINGS);
		assertThat(Client.json(read)).isEqualTo(Client.json(written));
		assertThat(Client.json(read).at("/title").asString()).isEqualTo(SOME.title());
		assertThat(Client.tag(read)).isEqualTo(Client.tag(written)).matches("\"[0-9a-f]{64}\"");
	}

	@Test
	void settingsAreNotSentAgain() {
		String tag = Client.tag(this.client.put(Client.SETTINGS, SOME));
		assertThat(this.client.get(Client.SETTINGS, "If-None-Match", tag).statusCode()).isEqualTo(304);
	}

	@Test
	void changeOfTheVersionThatWasRead() {
		String first = Client.tag(this.client.put(Client.SETTINGS, SOME));
		HttpResponse<String> changed = this.client.put(Client.SETTINGS, revision(2), "If-Match", first);
		assertThat(changed.statusCode()).isEqualTo(200);
		assertThat(Client.tag(changed)).isNotEqualTo(first);
	}

	@Test
	void changeOfAnotherVersionIsRefused() {
		String first = Client.tag(this.client.put(Client.SETTINGS, SOME));
		String second = Client.tag(this.client.put(Client.SETTINGS, revision(2)));
		HttpResponse<String> late = this.client.put(Client.SETTINGS, revision(3), "If-Match", first);
		assertProblem(late, 412);
		assertThat(Client.json(late).at("/detail").asString()).contains("settings.json", "Read it again")
			.doesNotContain(data.toString());
		assertThat(Client.json(late).at("/outcome").asString()).isEqualTo("NOT_COMMITTED");
		assertThat(Client.tag(this.client.get(Client.SETTINGS))).isEqualTo(second);
	}

	@Test
	void changeOfSettingsThatAreGoneIsRefused() {
		String tag = '"' + "0".repeat(64) + '"';
		assertProblem(this.client.put(Client.SETTINGS, SOME, "If-Match", tag), 412);
		assertThat(this.file).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			"never given out"  | 412
			W/"weak"           | 412
			"one", "two"       | 400
			no quotes          | 400
			*                  | 200
			""")
	void otherEntityTags(String ifMatch, int status) {
		this.client.put(Client.SETTINGS, SOME);
		assertThat(this.client.put(Client.SETTINGS, SOME, "If-Match", ifMatch).statusCode()).isEqualTo(status);
	}

	@Test
	void firstWriteCanDemandToBeTheFirst() {
		assertThat(this.client.put(Client.SETTINGS, SOME, "If-None-Match", "*").statusCode()).isEqualTo(200);
		assertProblem(this.client.put(Client.SETTINGS, revision(2), "If-None-Match", "*"), 412);
		assertProblem(this.client.put(Client.SETTINGS, revision(2), "If-None-Match", "\"x\""), 400);
		assertThat(Client.json(this.client.get(Client.SETTINGS)).at("/revision").asLong()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			title          | {"title":" ","theme":"DARK","maxConnections":1,"revision":1}
			title          | {"theme":"DARK","maxConnections":1,"revision":1}
			title          | {"title":{},"theme":"DARK","maxConnections":1,"revision":1}
			title          | {"title":"\\ud800","theme":"DARK","maxConnections":1,"revision":1}
			title          | {"title":"\\u0000","theme":"DARK","maxConnections":1,"revision":1}
			theme          | {"title":"x","maxConnections":1,"revision":1}
			theme          | {"title":"x","theme":"PINK","maxConnections":1,"revision":1}
			theme          | {"title":"x","theme":1,"maxConnections":1,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":0,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":10001,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":1.5,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":"1","revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":99999999999,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","maxConnections":null,"revision":1}
			maxConnections | {"title":"x","theme":"DARK","revision":1}
			revision       | {"title":"x","theme":"DARK","maxConnections":1,"revision":-1}
			colour         | {"title":"x","theme":"DARK","maxConnections":1,"revision":1,"colour":"red"}
			""")
	void invalidSettingsAreRefusedAndTheFieldNamed(String field, String body) {
		HttpResponse<String> answer = this.client.put(Client.SETTINGS, body);
		assertProblem(answer, 400);
		JsonNode errors = Client.json(answer).at("/errors");
		assertThat(errors).as(answer.body()).hasSize(1);
		assertThat(errors.at("/0/field").asString()).isEqualTo(field);
		assertThat(errors.at("/0/message").asString()).isNotBlank();
		assertThat(this.file).doesNotExist();
	}

	@Test
	void allInvalidFieldsAreNamed() {
		HttpResponse<String> answer = this.client.put(Client.SETTINGS,
				new Settings("x".repeat(101), Theme.DARK, 0, -1));
		assertThat(Client.json(answer).at("/errors").findValuesAsString("field")).containsExactlyInAnyOrder("title",
				"maxConnections", "revision");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{\"title\":", "{} {}", "{\"revision\":1,\"revision\":2}" })
	void malformedSettingsAreRefused(String body) {
		HttpResponse<String> answer = this.client.put(Client.SETTINGS, body);
		assertProblem(answer, 400);
		assertThat(Client.json(answer).at("/detail").asString()).startsWith("The body can't be read");
	}

	@Test
	void anEditByAPersonIsServed() throws Exception {
		this.client.put(Client.SETTINGS, SOME);
		assertThat(state().at("/source").asString()).isEqualTo("OWN");
		String edited = Files.readString(this.file).replace("DARK", "LIGHT").replace("{", "{ \"note\": \"by hand\",");
		Files.writeString(this.file, edited);
		await().untilAsserted(() -> {
			HttpResponse<String> read = this.client.get(Client.SETTINGS);
			assertThat(Client.json(read).at("/theme").asString()).isEqualTo("LIGHT");
			assertThat(Client.tag(read)).isEqualTo('"' + state().at("/version").asString() + '"');
			assertThat(state().at("/source").asString()).isEqualTo("FOREIGN");
		});
		assertThat(this.client.put(Client.SETTINGS, revision(2)).statusCode()).isEqualTo(200);
		assertThat(this.file).content().contains("\"note\": \"by hand\",").containsPattern("\"revision\" ?: 2");
	}

	@Test
	void aBrokenFileCostsNothingAndIsReported() throws Exception {
		this.client.put(Client.SETTINGS, SOME);
		String broken = Files.readString(this.file).replace("\"DARK\"", "\"DARK");
		Files.writeString(this.file, broken);
		await().untilAsserted(() -> assertThat(state().at("/status").asString()).isEqualTo("INVALID"));
		assertThat(state().at("/problem").asString()).startsWith("settings.json, line 3, column ")
			.doesNotContain(data.toString(), "DARK");
		assertThat(Client.json(this.client.get(Client.SETTINGS)).at("/title").asString()).isEqualTo(SOME.title());
		assertThat(this.file).hasContent(broken);
		assertThat(this.client.put(Client.SETTINGS, revision(2)).statusCode()).isEqualTo(200);
		assertThat(state().at("/status").asString()).isEqualTo("VALID");
		assertThat(state().at("/problem").isNull()).isTrue();
		try (Stream<Path> beside = Files.list(this.file.getParent())) {
			assertThat(beside.filter((path) -> path.toString().endsWith(".rejected"))).hasSize(1)
				.allSatisfy((path) -> assertThat(path).hasContent(broken));
		}
	}

	private JsonNode state() {
		HttpResponse<String> answer = this.client.get(Client.SETTINGS + "/state");
		assertThat(answer.statusCode()).isEqualTo(200);
		return Client.json(answer);
	}

	@Test
	void ofEachVersionOneChangeWins() throws Exception {
		int writers = 4;
		int changes = 15;
		this.client.put(Client.SETTINGS, revision(0));
		Callable<Integer> writer = () -> IntStream.range(0, changes).map((change) -> changeUntilItWins()).sum();
		ExecutorService pool = Executors.newFixedThreadPool(writers);
		try {
			int conflicts = 0;
			for (Future<Integer> done : pool.invokeAll(List.of(writer, writer, writer, writer))) {
				conflicts += done.get();
			}
			assertThat(conflicts).as("conflicts, without which nothing was shown").isPositive();
		}
		finally {
			pool.shutdownNow();
		}
		assertThat(Client.json(this.client.get(Client.SETTINGS)).at("/revision").asLong())
			.isEqualTo((long) writers * changes);
	}

	/** Returns how often another writer was faster. */
	private int changeUntilItWins() {
		for (int conflicts = 0;; conflicts++) {
			HttpResponse<String> read = this.client.get(Client.SETTINGS);
			long next = Client.json(read).at("/revision").asLong() + 1;
			HttpResponse<String> answer = this.client.put(Client.SETTINGS, revision(next), "If-Match",
					Client.tag(read));
			if (answer.statusCode() == 200) {
				return conflicts;
			}
			assertThat(answer.statusCode()).isEqualTo(412);
		}
	}

	private static Settings revision(long revision) {
		return new Settings("Some", Theme.LIGHT, 10, revision);
	}

	private static void assertProblem(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(Client.json(answer).at("/status").asInt()).isEqualTo(status);
	}

}
