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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
 * Lists, restores and their audit over HTTP.
 */
class RestoreOperationTests {

	private static final String GRANTED = "--management.endpoint.atomicwrite.access=unrestricted";

	@TempDir
	private Path directory;

	private Path data;

	private ConfigurableApplicationContext context;

	private final List<AuditEvent> audited = new ArrayList<>();

	@BeforeEach
	void createDirectory() throws IOException {
		this.data = Files.createDirectory(this.directory.toRealPath().resolve("data"));
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void isOffUnlessAccessIsGranted() throws Exception {
		start();
		write("first", "second");
		assertThat(post("data/restore", "{\"file\":\"a.txt\",\"backup\":\"a.txt.backup\"}").statusCode())
			.isEqualTo(405);
		assertThat(this.data.resolve("a.txt")).hasContent("second");
		assertThat(this.audited).isEmpty();
	}

	@Test
	void restoresABackupOfTheListAndAuditsIt() throws Exception {
		start(GRANTED);
		write("first", "second");
		JsonNode backups = json("data/backups?file=a.txt");
		assertThat(backups.propertyNames()).containsExactly("directory", "backups", "count", "offset", "limit");
		assertThat(backups.at("/count").asInt()).isOne();
		assertThat(backups.at("/backups/0/backup").asString()).isEqualTo("a.txt.backup");
		JsonNode done = body(post("data/restore", "{\"file\":\"a.txt\",\"backup\":\"a.txt.backup\"}"), 200);
		assertThat(done.at("/outcome").asString()).isEqualTo("DURABLE");
		assertThat(this.data.resolve("a.txt")).hasContent("first");
		assertThat(this.audited).singleElement().satisfies((event) -> {
			assertThat(event.getType()).isEqualTo("ATOMICWRITE_RESTORE");
			assertThat(event.getData()).containsEntry("path", this.data.resolve("a.txt").toString())
				.containsEntry("backup", "a.txt.backup")
				.containsEntry("outcome", "DURABLE");
		});
		assertThat(this.audited.toString()).doesNotContain("first", "second");
	}

	@Test
	void acceptsAnEditByHandOfTheVersionThatWasSeen() throws Exception {
		start(GRANTED, "--atomicwrite.checksum.mode=sidecar");
		write("first");
		Files.writeString(this.data.resolve("a.txt"), "by hand");
		assertThat(overview().at("/directories/data/damaged")).isEmpty();
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> this.context.getBean(AtomicFileTemplate.class).verify(this.data.resolve("a.txt")));
		assertThat(overview().at("/directories/data/damaged/0/file").asString()).isEqualTo("a.txt");
		String version = Version.of("by hand".getBytes()).toString();
		JsonNode other = body(post("data/accept", "{\"file\":\"a.txt\",\"version\":\"" + "0".repeat(64) + "\"}"), 409);
		assertThat(other.at("/error").asString()).contains("a.txt");
		assertThat(post("data/accept", "{\"file\":\"a.txt\",\"version\":\"1\"}").statusCode()).isEqualTo(400);
		JsonNode done = body(post("data/accept", "{\"file\":\"a.txt\",\"version\":\"" + version + "\"}"), 200);
		assertThat(done.at("/version").asString()).isEqualTo(version);
		assertThat(overview().at("/directories/data/damaged")).isEmpty();
		this.context.getBean(AtomicFileTemplate.class).verify(this.data.resolve("a.txt"));
		assertThat(this.audited).extracting(AuditEvent::getType).containsOnly("ATOMICWRITE_ACCEPT").hasSize(2);
	}

	@Test
	void showsWhoHoldsTheLockOfAnotherProcess() throws Exception {
		start();
		Path target = this.data.resolve("held.txt");
		try (ForkedJvm peer = ForkedJvm.start(Holder.class, target.toString())) {
			assertThat(peer.answer()).isEqualTo("held");
			JsonNode locks = overview().at("/locks");
			assertThat(locks.at("/heldCount").asInt()).isOne();
			JsonNode held = locks.at("/held/0");
			assertThat(held.at("/target").asString()).isEqualTo(target.toString());
			assertThat(held.at("/holder/pid").asLong()).isEqualTo(peer.pid());
			assertThat(held.at("/holder/command").asString()).endsWith("java");
			assertThat(held.at("/holder/host").asString()).isNotEmpty();
			assertThat(held.has("thread")).isFalse();
			AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
			Thread waiter = new Thread(() -> template.writeString(target, "waiter"), "the-waiter");
			waiter.start();
			await().until(() -> overview().at("/locks/waitingCount").asInt() == 1);
			JsonNode waiting = overview().at("/locks");
			assertThat(waiting.at("/waiting/0/holder")).isEqualTo(held.at("/holder"));
			assertThat(waiting.at("/held/0/waiters").asInt()).isOne();
			peer.kill();
			waiter.join();
		}
		assertThat(overview().at("/locks/heldCount").asInt()).isZero();
	}

	private JsonNode overview() throws Exception {
		return json("");
	}

	/** Holds a lock until it is killed. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) throws Exception {
			LockRegistry.file().acquire(Path.of(args[0]), LockRequest.failFast());
			ForkedJvm.reply("held");
			Thread.currentThread().join();
		}

	}

	@Test
	void auditsSweeps() throws Exception {
		start(GRANTED);
		body(post("data", "{\"dryRun\":false}"), 200);
		assertThat(this.audited).singleElement()
			.satisfies((event) -> assertThat(event.getType()).isEqualTo("ATOMICWRITE_SWEEP"));
	}

	@Test
	void refusesPathsAndUnknownBackups() throws Exception {
		start(GRANTED);
		write("first", "second");
		Files.writeString(this.directory.resolve("secret"), "secret");
		for (String file : List.of("../secret", "..", ".", "", "/etc/passwd", "sub/a.txt")) {
			assertThat(post("data/restore", "{\"file\":\"" + file + "\",\"backup\":\"a.txt.backup\"}").statusCode())
				.as(file)
				.isEqualTo(400);
			assertThat(get("data/backups?file=" + file.replace("/", "%2F")).statusCode()).as(file).isEqualTo(400);
		}
		assertThat(post("data/restore", "{\"file\":\"a.txt\",\"backup\":\"../secret\"}").statusCode()).isEqualTo(400);
		assertThat(post("data/restore", "{\"file\":\"a.txt\"}").statusCode()).isEqualTo(400);
		assertThat(post("none/restore", "{\"file\":\"a.txt\",\"backup\":\"a.txt.backup\"}").statusCode())
			.isEqualTo(404);
		assertThat(post("data/other", "{}").statusCode()).isEqualTo(404);
		assertThat(get("data/other").statusCode()).isEqualTo(404);
		assertThat(this.data.resolve("a.txt")).hasContent("second");
	}

	@Test
	void aRestoreThatFailsIsAConflictWithTheReason() throws Exception {
		start(GRANTED);
		write("first", "second");
		Files.writeString(this.data.resolve("a.txt.backup.sha256"), "0".repeat(64) + "  a.txt.backup\n");
		JsonNode failed = body(post("data/restore", "{\"file\":\"a.txt\",\"backup\":\"a.txt.backup\"}"), 409);
		assertThat(failed.at("/error").asString()).contains("checksum");
		assertThat(this.data.resolve("a.txt")).hasContent("second");
		assertThat(this.audited).singleElement()
			.satisfies((event) -> assertThat(event.getData()).containsEntry("outcome", "FAILED"));
	}

	@Test
	void pagesOrphansFromTheOldestOn() throws Exception {
		start();
		for (int i = 0; i < 5; i++) {
			Path orphan = Files.write(this.data.resolve(".a.%016x.tmp".formatted(i)), new byte[i]);
			Files.setLastModifiedTime(orphan, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").minusSeconds(i)));
		}
		JsonNode page = json("data/orphans?offset=1&limit=2");
		assertThat(page.at("/count").asInt()).isEqualTo(5);
		assertThat(page.at("/orphans").findValuesAsString("file")).containsExactly(".a.0000000000000003.tmp",
				".a.0000000000000002.tmp");
		assertThat(json("data/orphans?offset=9").at("/orphans")).isEmpty();
	}

	private void write(String... contents) {
		AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
		Arrays.stream(contents).forEach((content) -> template.writeString(this.data.resolve("a.txt"), content));
	}

	private void start(String... arguments) {
		String[] all = { "--server.port=0", "--atomicwrite.housekeeping.enabled=false",
				"--management.endpoints.web.exposure.include=atomicwrite", "--atomicwrite.backup.enabled=true",
				"--atomicwrite.directories.data.path=" + this.data };
		this.context = new SpringApplicationBuilder(AtomicWriteEndpointTests.Application.class)
			.listeners((ApplicationListener<AuditApplicationEvent>) (event) -> this.audited.add(event.getAuditEvent()))
			.run(Stream.of(all, arguments).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(request(path).build());
	}

	private JsonNode json(String path) throws Exception {
		return body(get(path), 200);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port")
					+ "/actuator/atomicwrite" + (path.isEmpty() ? "" : "/" + path)));
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode body(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return JsonMapper.shared().readTree(response.body());
	}

}
