package io.atomicwrite.spring.actuate.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.spring.document.AtomicDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Over HTTP, in an application as a user has it.
 */
class AtomicWriteConsoleTests {

	private static final String CONSOLE = "/actuator/atomicwrite/console";

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=atomicwrite,atomicwriteconsole";

	private static final String ACCESSIBLE = "--management.endpoint.atomicwriteconsole.access=read-only";

	private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(console/[^\"]+)\"");

	@TempDir
	private Path directory;

	@Test
	void isOffUnlessAskedFor() throws Exception {
		for (List<String> options : List.of(List.of("--management.endpoints.web.exposure.include=*"),
				List.of("--management.endpoints.web.exposure.include=atomicwrite", ACCESSIBLE),
				List.of("--management.endpoints.web.exposure.include=atomicwriteconsole", ACCESSIBLE),
				List.of(EXPOSED, ACCESSIBLE, "--management.endpoint.atomicwrite.access=none"))) {
			try (Running application = start(options)) {
				assertThat(application.get(CONSOLE).statusCode()).as(options.toString()).isNotEqualTo(200);
				assertThat(application.get(CONSOLE + "/doctor/data").statusCode()).isEqualTo(404);
			}
		}
	}

	@Test
	void servesThePageAndWhatItRefersToWithoutAnyScriptInIt() throws Exception {
		try (Running application = start(List.of(EXPOSED, ACCESSIBLE))) {
			HttpResponse<String> page = application.get(CONSOLE);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
			assertThat(page.body()).contains("Content-Security-Policy", "data-access=\"READ_ONLY\"")
				.doesNotContainPattern("<script[^>]*>[^<]|<style| on[a-z]+=| style=");
			List<String> files = REFERENCE.matcher(page.body()).results().map((found) -> found.group(1)).toList();
			assertThat(files).hasSize(2);
			for (String file : List.of("console/console.css", "console/console.js", "console/panels.js",
					"console/page.js")) {
				HttpResponse<String> answer = application.get("/actuator/atomicwrite/" + file);
				assertThat(answer.statusCode()).as(file).isEqualTo(200);
				assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(file)
					.startsWith(file.endsWith("css") ? "text/css" : "text/javascript");
			}
			for (String file : List.of("console.html", "package-info.class", "AtomicWriteConsoleEndpoint.class",
					"..%2fendpoint%2fx")) {
				assertThat(application.get(CONSOLE + "/" + file).statusCode()).as(file).isIn(400, 404);
			}
			assertThat(application.get("/actuator").body()).contains("/actuator/atomicwrite/console");
			assertThat(application.get("/actuator/atomicwrite/data").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void offersActionsOnlyWhereTheEndpointAllowsThem() throws Exception {
		try (Running application = start(
				List.of(EXPOSED, ACCESSIBLE, "--management.endpoint.atomicwrite.access=unrestricted"))) {
			assertThat(application.get(CONSOLE).body()).contains("data-access=\"UNRESTRICTED\"");
		}
	}

	@Test
	void followsTheEndpointToAnotherPath() throws Exception {
		try (Running application = start(
				List.of(EXPOSED, ACCESSIBLE, "--management.endpoints.web.path-mapping.atomicwrite=files",
						"--management.endpoints.web.base-path=/ops", "--server.servlet.context-path=/app"))) {
			assertThat(application.get("/app/ops/files/console").statusCode()).isEqualTo(200);
			assertThat(application.get("/app/ops/files/console/console.js").statusCode()).isEqualTo(200);
			assertThat(application.get("/app/ops/files").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void viewsADirectoryMoreClosely() throws Exception {
		try (Running application = start(List.of(EXPOSED, ACCESSIBLE, "--atomicwrite.backup.enabled=true"))) {
			AtomicFileTemplate template = application.context.getBean(AtomicFileTemplate.class);
			template.writeString(this.directory.resolve("data/a.json"), "1");
			template.writeString(this.directory.resolve("data/a.json"), "22");
			JsonNode backups = application.json(CONSOLE + "/backups/data");
			assertThat(backups.at("/total").asInt()).isOne();
			assertThat(backups.at("/backups/0/name").asString()).isEqualTo("a.json.backup");
			assertThat(backups.at("/backups/0/target").asString()).isEqualTo("a.json");
			assertThat(backups.at("/backups/0/size").asInt()).isOne();
			JsonNode report = application.json(CONSOLE + "/doctor/data");
			assertThat(report.at("/ok").asBoolean()).isTrue();
			assertThat(report.at("/findings").findValuesAsString("code")).contains("directory-exists", "free-space");
			assertThat(application.get(CONSOLE + "/doctor/none").statusCode()).isEqualTo(404);
			assertThat(application.get(CONSOLE + "/nothing/data").statusCode()).isEqualTo(404);
			assertThat(application.get(CONSOLE + "/changes/data").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void listsTheNewestBackupFirstAlsoOfThoseOfOneSecond() throws Exception {
		try (Running application = start(List.of(EXPOSED, ACCESSIBLE, "--atomicwrite.backup.enabled=true",
				"--atomicwrite.backup.timestamped=true"))) {
			AtomicFileTemplate template = application.context.getBean(AtomicFileTemplate.class);
			for (int size = 1; size <= 13; size++) {
				template.write(this.directory.resolve("data/a.json"), new byte[size]);
			}
			JsonNode backups = application.json(CONSOLE + "/backups/data").at("/backups");
			assertThat(backups).extracting((backup) -> backup.at("/size").asInt())
				.containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
		}
	}

	@Test
	void showsWritesUnderWayWithTheirPhaseAndTheLastOnes() throws Exception {
		try (Running application = start(List.of(EXPOSED, ACCESSIBLE))) {
			AtomicFileTemplate template = application.context.getBean(AtomicFileTemplate.class);
			Path target = this.directory.resolve("data/a.json");
			try (StagedWrite write = template.open(target)) {
				JsonNode active = application.json("/actuator/atomicwrite").at("/writes/active");
				assertThat(active).hasSize(1);
				assertThat(active.at("/0/target").asString()).isEqualTo(target.toString());
				assertThat(active.at("/0/phase").asString()).isEqualTo("STAGE");
				assertThat(active.at("/0/thread").asString()).isEqualTo(Thread.currentThread().getName());
				write.commit();
			}
			for (int i = 0; i < 25; i++) {
				template.writeString(target, "x");
			}
			JsonNode writes = application.json("/actuator/atomicwrite").at("/writes");
			assertThat(writes.at("/active")).isEmpty();
			assertThat(writes.at("/ended")).hasSize(20);
			assertThat(writes.at("/ended/0/outcome").asString()).isIn("DURABLE", "VISIBLE_NOT_DURABLE");
			assertThat(writes.at("/ended/0/phases").propertyNames()).contains("STAGE", "COMMIT");
		}
	}

	@Test
	void showsTheFieldsThatChangedAndTheirValuesOnlyOnRequest() throws Exception {
		for (String show : List.of("never", "always")) {
			try (Running application = start(
					List.of(EXPOSED, ACCESSIBLE, "--management.endpoint.atomicwriteconsole.show-values=" + show,
							"--atomicwrite.documents.account.path="
									+ this.directory.resolve("data/account-" + show + ".json")))) {
				var document = application.context.getBean(AtomicDocuments.class)
					.open("account",
							DocumentOptions.of(Account.class)
								.defaults(new Account("old", "secret-1", 1))
								.secret("/password")
								.build());
				assertThat(application.json(CONSOLE + "/changes/account").at("/changes")).isEmpty();
				document.update((old) -> new Account("new", "secret-2", old.limit()));
				await().untilAsserted(
						() -> assertThat(application.json(CONSOLE + "/changes/account").at("/changes")).hasSize(2));
				JsonNode changes = application.json(CONSOLE + "/changes/account");
				assertThat(changes.at("/source").asString()).isEqualTo("OWN");
				assertThat(changes.at("/changes").findValuesAsString("pointer")).containsExactlyInAnyOrder("/name",
						"/password");
				assertThat(changes.toString()).doesNotContain("secret-");
				if (show.equals("always")) {
					assertThat(changes.toString()).contains("\"before\":\"old\",\"after\":\"new\"");
				}
				else {
					assertThat(changes.toString()).doesNotContain("\"old\"", "\"new\"", "***");
				}
			}
		}
	}

	private Running start(List<String> options) throws IOException {
		Files.createDirectories(this.directory.resolve("data"));
		String[] all = Stream
			.concat(Stream.of("--server.port=0", "--atomicwrite.housekeeping.enabled=false",
					"--atomicwrite.directories.data.path=" + this.directory.resolve("data")), options.stream())
			.toArray(String[]::new);
		return new Running(new SpringApplicationBuilder(Application.class).run(all));
	}

	private record Running(ConfigurableApplicationContext context) implements AutoCloseable {

		HttpResponse<String> get(String path) throws IOException, InterruptedException {
			String port = this.context.getEnvironment().getProperty("local.server.port");
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
						HttpResponse.BodyHandlers.ofString());
		}

		JsonNode json(String path) throws IOException, InterruptedException {
			HttpResponse<String> answer = get(path);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			return JsonMapper.shared().readTree(answer.body());
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	private record Account(String name, String password, int limit) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
