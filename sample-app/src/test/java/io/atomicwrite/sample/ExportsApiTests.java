package io.atomicwrite.sample;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.atomicwrite.core.OpenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the exports over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
// the application ends before its directory is deleted
@DirtiesContext
class ExportsApiTests {

	@TempDir
	static Path data;

	private final Client client;

	private final SampleProperties properties;

	private final ExportStore store;

	ExportsApiTests(@LocalServerPort int port, @Autowired SampleProperties properties, @Autowired ExportStore store) {
		this.client = new Client(port);
		this.properties = properties;
		this.store = store;
	}

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("sample.data", data::toString);
	}

	@Test
	void exportIsWrittenAndReadBack() throws Exception {
		HttpResponse<String> written = this.client.put("/api/exports/orders?rows=50000", "");
		assertThat(written.statusCode()).isEqualTo(200);
		HttpResponse<String> read = this.client.get("/api/exports/orders");
		assertThat(read.headers().firstValueAsLong("Content-Length")).hasValue(read.body().length());
		assertThat(Client.json(written).at("/size").asLong()).isEqualTo(read.body().length());
		assertThat(read.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(read.body().lines()).hasSize(50_001).startsWith("id,day,amount").endsWith("50000,2026-12-27,0");
		try (Stream<Path> files = Files.list(this.properties.exports())) {
			assertThat(files.filter((file) -> file.toString().contains("orders"))).extracting(Path::getFileName)
				.extracting(Path::toString)
				.containsExactly("orders.csv");
		}
	}

	@Test
	void readerOfAnExportThatIsReplacedGetsTheOldOneWhole() throws Exception {
		this.client.put("/api/exports/replaced?rows=10", "");
		try (OpenFile open = this.store.open("replaced")) {
			InputStream old = open.input();
			int first = old.read();
			this.client.put("/api/exports/replaced?rows=20", "");
			String content = (char) first + new String(old.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(content.lines()).hasSize(11);
		}
		assertThat(this.client.get("/api/exports/replaced").body().lines()).hasSize(21);
	}

	@Test
	void exportThatDoesNotExist() {
		HttpResponse<String> answer = this.client.get("/api/exports/none");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(Client.json(answer).at("/detail").asString()).isEqualTo("There is no none.csv");
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "-x", "a.b", "a%20b", ".hidden", "a%00", "%2e%2e" })
	void namesThatAreNone(String name) {
		HttpResponse<String> answer = this.client.put("/api/exports/" + name + "?rows=1", "");
		assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 405);
		assertThat(this.client.get("/api/exports/" + name).statusCode()).isBetween(400, 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../settings", "..%2fsettings", "%2e%2e%2fsettings", "..%5csettings", "%252e%252e" })
	void namesThatLeaveTheDirectory(String name) {
		assertThat(this.client.put("/api/exports/" + name + "?rows=1", "").statusCode()).isBetween(400, 405);
		assertThat(data.resolve("settings.csv")).doesNotExist();
		assertThat(data.resolve("settings").resolve("settings.csv")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "10000001" })
	void numbersOfRowsThatAreRefused(String rows) {
		HttpResponse<String> answer = this.client.put("/api/exports/x?rows=" + rows, "");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(Client.json(answer).at("/errors/0/field").asString()).isEqualTo("rows");
	}

}
