package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schema in the docs is that of the records and of real responses.
 */
class EndpointSchemaTests {

	private static final Path DOCUMENTED = Path.of("../docs/reference/endpoint.schema.json");

	private static final ObjectNode SCHEMA = EndpointSchema.of(AtomicWriteEndpoint.AtomicWriteDescriptor.class,
			DirectoryDescriptor.class, ListDescriptor.class, SweepDescriptor.class, ChangeDescriptor.class);

	@TempDir
	private Path directory;

	/** Run with {@code -Datomicwrite.schema.write=true} to write it anew. */
	@Test
	void theDocumentedSchemaIsThatOfTheRecords() throws IOException {
		String text = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build()
			.writeValueAsString(SCHEMA)
			.replace("\r\n", "\n") + "\n";
		if (Boolean.getBoolean("atomicwrite.schema.write")) {
			Files.writeString(DOCUMENTED, text);
		}
		assertThat(DOCUMENTED).as("run EndpointSchemaTests with -Datomicwrite.schema.write=true").hasContent(text);
	}

	@Test
	void realResponsesFollowTheSchema() throws Exception {
		Path data = Files.createDirectory(this.directory.resolve("data"));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
				AtomicWriteEndpointTests.Application.class)
			.run("--server.port=0", "--atomicwrite.housekeeping.enabled=false",
					"--management.endpoints.web.exposure.include=atomicwrite", "--atomicwrite.backup.enabled=true",
					"--management.endpoint.atomicwrite.access=unrestricted",
					"--atomicwrite.backup.directory=" + this.directory.resolve("backups"),
					"--atomicwrite.directories.data.path=" + data,
					"--atomicwrite.directories.gone.path=" + this.directory.resolve("gone"))) {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(data.resolve("a"), "1");
			template.writeString(data.resolve("a"), "2");
			Files.delete(this.directory.resolve("gone"));
			try (StagedWrite held = template.open(data.resolve("b"))) {
				check(context, "", null, "AtomicWrite");
				check(context, "/data/locks", null, "List");
				assertThat(held.target()).isNotNull();
			}
			check(context, "/data", null, "Directory");
			check(context, "/data/orphans", null, "List");
			check(context, "/data/backups?file=a", null, "List");
			check(context, "/data", "{\"dryRun\":true}", "Sweep");
			check(context, "/data/restore", "{\"file\":\"a\",\"backup\":\"a.backup\"}", "Change");
		}
	}

	private static void check(ConfigurableApplicationContext context, String path, @Nullable String body,
			String definition) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:"
				+ context.getEnvironment().getProperty("local.server.port") + "/actuator/atomicwrite" + path));
		if (body != null) {
			request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
		}
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
		JsonNode value = JsonMapper.shared().readTree(response.body());
		JsonNode schema = SCHEMA.at("/$defs/" + definition);
		assertThat(schema.isObject()).as(definition).isTrue();
		assertThat(EndpointSchema.violation(SCHEMA, schema, value, path)).as(response.body()).isEmpty();
		((ObjectNode) value).put("unknown", 1);
		assertThat(EndpointSchema.violation(SCHEMA, schema, value, path)).isEqualTo(path + " has the unknown unknown");
	}

}
