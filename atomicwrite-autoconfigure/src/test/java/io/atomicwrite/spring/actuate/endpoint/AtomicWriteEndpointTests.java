package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.AtomicWriteEndpointAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Over HTTP, in an application as a user has it.
 */
class AtomicWriteEndpointTests {

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Path orphan = Files.write(data.resolve(".a.json.0123456789abcdef.tmp"), new byte[3]);
		Files.setLastModifiedTime(orphan, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
		Files.createFile(data.resolve("b.json.lock"));
		Files.createFile(data.resolve("b.json.backup"));
		this.context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--atomicwrite.housekeeping.enabled=false",
				"--management.endpoints.web.exposure.include=atomicwrite,health,metrics",
				"--management.endpoint.health.show-details=always", "--atomicwrite.directories.data.path=" + data,
				"--atomicwrite.directories.export.path=" + this.directory.resolve("export"));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void showsDirectories() throws Exception {
		JsonNode data = json("/actuator/atomicwrite").at("/directories/data");
		assertThat(data.propertyNames()).containsExactlyInAnyOrder("path", "filesystem", "safety", "guarantees",
				"orphans", "leftoverLocks", "backups", "staging", "usable", "space", "damaged");
		assertThat(data.at("/staging").toString()).isEqualTo("{\"live\":0,\"future\":0}");
		assertThat(data.at("/usable").asBoolean()).isTrue();
		assertThat(data.at("/space/free").asLong()).isPositive();
		assertThat(data.at("/path").asString()).isEqualTo(this.directory.resolve("data").toString());
		assertThat(data.at("/filesystem").toString()).isEqualTo(
				"{\"type\":\"ext4\",\"class\":\"local_posix_persistent\",\"mountPoint\":\"/\",\"options\":[\"rw\"]}");
		assertThat(data.at("/safety").asString()).isEqualTo("STRICT");
		assertThat(data.at("/guarantees").propertyNames()).containsExactly("ATOMIC_VISIBILITY", "CRASH_DURABILITY",
				"WRITER_EXCLUSION", "INTEGRITY_DETECTION");
		assertThat(data.at("/guarantees/ATOMIC_VISIBILITY/level").asString()).isEqualTo("GUARANTEED");
		assertThat(data.at("/guarantees/ATOMIC_VISIBILITY/reason").asString()).isNotEmpty();
		assertThat(data.at("/orphans").toString())
			.isEqualTo("{\"count\":1,\"bytes\":3,\"oldest\":\"2026-01-01T00:00:00Z\"}");
		assertThat(data.at("/leftoverLocks").asInt()).isOne();
		assertThat(data.at("/backups").asInt()).isOne();
	}

	@Test
	void showsWhetherNativeCallsAreMade() throws Exception {
		assertThat(json("/actuator/atomicwrite").at("/nativeCalls").asString())
			.isEqualTo(NativeCalls.status().toString());
	}

	@Test
	void showsLevelAndReasonOfEachGuarantee() throws Exception {
		JsonNode guarantees = json("/actuator/atomicwrite/data").at("/guarantees");
		AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
		GuaranteeReport report = template.inspect(this.directory.resolve("data"));
		new WriteRequirements(template.defaults(), LockScope.HOST).assess(report)
			.forEach((guarantee, found) -> assertThat(guarantees.at("/" + guarantee).toString())
				.isEqualTo("{\"level\":\"" + found.level() + "\",\"reason\":\"" + found.reason() + "\"}"));
		assertThat(guarantees.at("/INTEGRITY_DETECTION").toString()).contains("\"UNSUPPORTED\"",
				"the write keeps no checksum");
	}

	@Test
	void showsARemountAndWhatLiesBeneathInTheReasonOnly() throws Exception {
		Path upper = Files.createDirectory(this.directory.toRealPath().resolve("upper"));
		this.context.getBean(MountedAs.class).overlay(upper, "tmpfs");
		JsonNode data = json("/actuator/atomicwrite/data");
		assertThat(data.at("/filesystem").toString()).isEqualTo(
				"{\"type\":\"overlay\",\"class\":\"overlay\",\"mountPoint\":\"/\",\"options\":[\"rw\",\"upperdir="
						+ upper + "\"]}");
		String reason = "its upper layer is on tmpfs: in memory: content survives a process, not a reboot";
		assertThat(data.at("/guarantees/CRASH_DURABILITY").toString())
			.isEqualTo("{\"level\":\"UNSUPPORTED\",\"reason\":\"" + reason + "\"}");
		HttpResponse<String> health = get("/actuator/health");
		assertThat(health.statusCode()).isEqualTo(503);
		JsonNode component = JsonMapper.shared()
			.readTree(health.body())
			.at("/components/atomicwrite/components/directories/components/data");
		assertThat(component.at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
		assertThat(component.at("/details/guarantees/CRASH_DURABILITY/reason").asString()).isEqualTo(reason);
		assertThat(component.at("/details/shortfalls/0").asString())
			.isEqualTo("CRASH_DURABILITY must be BEST_EFFORT but is UNSUPPORTED (" + reason + ")");
		assertThat(
				json("/actuator/metrics/atomicwrite.guarantee.level?tag=directory:data&tag=guarantee:crash_durability")
					.at("/measurements/0/value")
					.asDouble())
			.isZero();
	}

	@Test
	void showsOneDirectory() throws Exception {
		assertThat(json("/actuator/atomicwrite/export").at("/path").asString())
			.isEqualTo(this.directory.resolve("export").toString());
		assertThat(get("/actuator/atomicwrite/none").statusCode()).isEqualTo(404);
	}

	@Test
	void showsADirectoryThatIsGone() throws Exception {
		Files.delete(this.directory.resolve("export"));
		assertThat(json("/actuator/atomicwrite").at("/directories/export").toString()).isEqualTo("{\"path\":\""
				+ this.directory.resolve("export")
				+ "\",\"safety\":\"STRICT\",\"guarantees\":{},\"damaged\":[],\"error\":\"can't be read: No such file or directory\"}");
		assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
	}

	@Test
	void showsLocksAndMetricsWhileWritersContend() throws Exception {
		AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
		Path target = this.directory.resolve("data/c.json");
		Thread waiter = new Thread(() -> template.writeString(target, "waiter"), "the-waiter");
		try (StagedWrite write = template.open(target)) {
			waiter.start();
			await().until(() -> this.context.getBean(LockRegistry.class).waiting().size() == 1);
			JsonNode locks = json("/actuator/atomicwrite").at("/locks");
			JsonNode held = locks.at("/held/0");
			assertThat(held.propertyNames()).containsExactlyInAnyOrder("target", "directory", "since", "thread",
					"waiters", "holder");
			assertThat(held.at("/holder/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
			assertThat(held.at("/holder/thread")).isEqualTo(held.at("/thread"));
			assertThat(held.at("/directory").asString()).isEqualTo("data");
			assertThat(held.at("/target").asString()).isEqualTo(target.toString());
			assertThat(held.at("/thread").asString()).isEqualTo(Thread.currentThread().getName());
			assertThat(held.at("/waiters").asInt()).isOne();
			assertThat(Instant.parse(held.at("/since").asString())).isBeforeOrEqualTo(Instant.now());
			JsonNode waiting = locks.at("/waiting/0");
			assertThat(waiting.propertyNames()).containsExactlyInAnyOrder("target", "directory", "since", "thread",
					"holder");
			assertThat(waiting.at("/holder")).isEqualTo(held.at("/holder"));
			JsonNode none = json("/actuator/atomicwrite?offset=1&limit=5").at("/locks");
			assertThat(none.at("/held")).isEmpty();
			assertThat(none.at("/heldCount").asInt()).isOne();
			assertThat(none.at("/waitingCount").asInt()).isOne();
			assertThat(json("/actuator/atomicwrite/data/locks").at("/locks/0")).isEqualTo(held);
			assertThat(waiting.at("/thread").asString()).isEqualTo("the-waiter");
			assertThat(json("/actuator/metrics/atomicwrite.lock.waiting").at("/measurements/0/value").asDouble())
				.isOne();
			write.commit();
		}
		waiter.join();
		assertThat(json("/actuator/metrics/atomicwrite.lock.wait?tag=directory:data&tag=outcome:acquired")
			.at("/measurements/0/value")
			.asDouble()).isEqualTo(2);
		assertThat(json("/actuator/metrics/atomicwrite.write?tag=directory:data&tag=outcome:durable")
			.at("/measurements/0/value")
			.asDouble()).isEqualTo(2);
	}

	@Test
	void isReadOnly() throws Exception {
		HttpRequest post = request("/actuator/atomicwrite/data").POST(HttpRequest.BodyPublishers.noBody()).build();
		assertThat(send(post).statusCode()).isEqualTo(405);
		assertThat(this.directory.resolve("data/b.json.lock")).exists();
	}

	@Test
	void isPartOfHealth() throws Exception {
		JsonNode component = json("/actuator/health").at("/components/atomicwrite");
		assertThat(component.at("/status").asString()).isEqualTo("UP");
		JsonNode leaf = component.at("/components/directories/components/data");
		assertThat(json("/actuator/health/atomicwrite/directories/data").at("/status")).isEqualTo(leaf.at("/status"));
		JsonNode data = leaf.at("/details");
		assertThat(data.propertyNames()).containsExactly("path", "filesystem", "mountPoint", "writable", "nativeCalls",
				"guarantees", "space", "locks");
		assertThat(data.at("/guarantees")).isEqualTo(json("/actuator/atomicwrite/data").at("/guarantees"));
	}

	@Test
	void isThereOnlyWhereItIsExposed() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteEndpointAutoConfiguration.class));
		runner.run((started) -> assertThat(started).doesNotHaveBean(AtomicWriteEndpoint.class));
		runner.withPropertyValues("management.endpoints.web.exposure.include=atomicwrite")
			.run((started) -> assertThat(started).hasSingleBean(AtomicWriteEndpoint.class));
		runner
			.withPropertyValues("management.endpoints.web.exposure.include=atomicwrite",
					"management.endpoint.atomicwrite.access=NONE")
			.run((started) -> assertThat(started).doesNotHaveBean(AtomicWriteEndpoint.class));
	}

	private JsonNode json(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(request(path).build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI
			.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path));
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		MountedAs files() {
			return new MountedAs("ext4");
		}

	}

}
