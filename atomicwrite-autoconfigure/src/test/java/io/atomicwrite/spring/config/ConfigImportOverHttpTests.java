package io.atomicwrite.spring.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.spring.context.RunningApplication;
import io.atomicwrite.test.Forks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the actuator shows of imported files.
 */
@Forks
class ConfigImportOverHttpTests {

	@TempDir
	private Path directory;

	@Test
	void originsHaveFileLineAndColumnAlsoAfterAChangeAndHealthHasTheProblem() throws Exception {
		Path file = Files.writeString(this.directory.resolve("app.yaml"), "shop:\n  name: first\n");
		try (RunningApplication application = RunningApplication.start(List.of(),
				"spring.config.import=atomicfile:" + file)) {
			assertThat(origin(application)).isEqualTo("atomicfile [" + file + "] - 2:9");
			Files.writeString(file, "# a comment\nshop:\n  name: second\n");
			await().until(() -> origin(application).equals("atomicfile [" + file + "] - 3:9"));
			assertThat(health(application).path("status").asString()).isEqualTo("UP");

			Files.writeString(file, "shop:\n  name: [secret\n");
			await().until(() -> health(application).path("status").asString().equals("INVALID"));
			assertThat(application.json("/actuator/health/atomicwrite/imports").path("status").asString())
				.as("asked for by itself")
				.isEqualTo("INVALID");
			JsonNode imported = health(application).path("details").path(file.toString());
			assertThat(imported.path("status").asString()).isEqualTo("INVALID");
			assertThat(imported.path("since").asString()).startsWith("20");
			assertThat(imported.at("/problem/line").asInt()).isEqualTo(3);
			assertThat(imported.at("/problem/column").asInt()).isEqualTo(1);
			assertThat(imported.at("/problem/file").asString()).isEqualTo(file.toString());
			assertThat(health(application).toString()).doesNotContain("secret");
			assertThat(application.get("/actuator/health").statusCode()).as("no outage").isEqualTo(200);
			assertThat(application.json("/actuator/health").path("status").asString()).isEqualTo("UP");
			assertThat(application.json("/actuator/health").at("/components/atomicwrite/status").asString())
				.as("never better than its parts")
				.isEqualTo("INVALID");
			assertThat(application.json("/actuator/health/atomicwrite").path("status").asString()).isEqualTo("INVALID");
			assertThat(origin(application)).isEqualTo("atomicfile [" + file + "] - 3:9");
		}
	}

	private static JsonNode health(RunningApplication application) throws Exception {
		return application.json("/actuator/health").at("/components/atomicwrite/components/imports");
	}

	private static String origin(RunningApplication application) throws Exception {
		for (JsonNode source : application.json("/actuator/env/shop.name").path("propertySources")) {
			if (source.path("name").asString().startsWith("atomicfile")) {
				return source.at("/property/origin").asString();
			}
		}
		throw new AssertionError("shop.name");
	}

}
