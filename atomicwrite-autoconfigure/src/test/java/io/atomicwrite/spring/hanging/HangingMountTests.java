package io.atomicwrite.spring.hanging;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.hanging.Polls.Poll;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A web application with two managed directories, one of them on a FUSE mount whose
 * daemon is stopped. Over HTTP.
 */
@Mounts
@RequiresRoot
@RequiresCommand("bindfs")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingMountTests {

	private static final String[] POLLED = { "/actuator/health", "/actuator/atomicwrite", "/actuator/prometheus" };

	private static final int POLLS = 500;

	/** The limit of 2 s, and what the way there and back takes. */
	private static final Duration ANSWER = Duration.ofMillis(2500);

	@TempDir
	private Path directory;

	private Path data;

	private StoppableMount mount;

	private Path export;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void mount() throws IOException {
		this.data = Files.createDirectory(this.directory.resolve("data"));
		this.mount = StoppableMount.create();
		this.export = this.mount.point().resolve("export");
	}

	@AfterEach
	void unmount() throws IOException {
		this.mount.close();
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void pollsAnswerInTimeThreadsStayAndOtherWritesAreAsFast() throws Exception {
		// two directories that hang take no longer than one
		start("--atomicwrite.housekeeping.interval=1s",
				"--atomicwrite.directories.archive.path=" + this.mount.point().resolve("archive"));
		Polls polls = polls();
		for (String path : POLLED) {
			// the first request of all takes its time
			assertThat(polls.get(path).status()).isEqualTo(200);
		}
		Polls.Running before = polls.start(POLLS / 5, POLLED);
		double healthy = medianWrite();
		assertThat(before.join()).allSatisfy((poll) -> assertThat(poll.status()).as(poll.toString()).isEqualTo(200));

		this.mount.stop();
		Polls.Running running = polls().start(POLLS, POLLED);
		double[] hanging = { medianWrite(), medianWrite(), medianWrite() };
		await().until(() -> polls.get("/actuator/health").status() == 503);
		int threads = threads();
		assertThat(polls.get("/actuator/health/liveness").status()).isEqualTo(200);
		List<Poll> answers = running.join();

		assertThat(answers).hasSize(POLLS * POLLED.length)
			.allSatisfy((poll) -> assertThat(poll.status()).as(poll.toString()).isIn(200, 503));
		assertThat(Poll.slowest(answers)).isLessThan(ANSWER);
		assertThat(threads()).isLessThanOrEqualTo(threads);
		assertThat(polls.get("/actuator/health/liveness").body()).contains("\"UP\"");
		// of three, because other programs run on this machine too
		assertThat(Arrays.stream(hanging).min().orElseThrow()).isLessThanOrEqualTo(1.1 * healthy);
	}

	@Test
	void saysWhichDirectoryDoesNotAnswerAndShowsItsLastValues(CapturedOutput output) throws Exception {
		start();
		Polls polls = polls();
		await().until(() -> usable(polls, "export") == 1);
		assertThat(polls.get("/actuator/health").status()).isEqualTo(200);
		JsonNode known = JsonMapper.shared().readTree(polls.get("/actuator/atomicwrite/export").body());
		this.mount.stop();

		Poll one = polls.get("/actuator/atomicwrite/export");
		assertThat(one.time()).isLessThan(ANSWER);
		JsonNode stale = JsonMapper.shared().readTree(one.body());
		assertThat(stale.at("/stale").asInt(-1)).isBetween(2, 5);
		assertThat(stale.at("/error").asString()).isEqualTo("did not answer for 2 s");
		for (String property : new String[] { "path", "filesystem", "guarantees", "orphans", "leftoverLocks",
				"backups" }) {
			assertThat(stale.get(property)).as(property).isEqualTo(known.get(property));
		}
		assertThat(polls.get("/actuator/atomicwrite/data").body()).doesNotContain("stale", "error");
		Poll health = polls.get("/actuator/health");
		JsonNode directories = JsonMapper.shared()
			.readTree(health.body())
			.at("/components/atomicwrite/components/directories/components");
		assertThat(health.status()).isEqualTo(503);
		assertThat(directories.at("/export/status").asString()).isEqualTo("DOWN");
		assertThat(directories.at("/export/details/error").asString()).matches("did not answer for \\d+ s");
		assertThat(directories.at("/data/status").asString()).isEqualTo("UP");
		assertThat(usable(polls, "export")).isZero();
		assertThat(usable(polls, "data")).isOne();
		assertThat(polls.get("/actuator/prometheus").body()).containsPattern(
				"atomicwrite_guarantee_level\\{directory=\"export\",guarantee=\"atomic_visibility\",[^}]*} 0\\.0");

		String about = "Managed directory 'export' (" + this.export + ") ";
		assertThat(output.getOut()).containsOnlyOnce(about + "did not answer for 2 s: the filesystem there hangs");
		this.mount.resume();
		await().until(() -> polls.get("/actuator/health").status() == 200);
		await().until(() -> usable(polls, "export") == 1);
		assertThat(output.getOut()).containsOnlyOnce(about + "answers again");
	}

	@Test
	void aBackupDirectoryThatDoesNotAnswerIsNamed(CapturedOutput output) throws Exception {
		Path backups = Files.createDirectories(this.mount.point().resolve("backups"));
		start("--atomicwrite.backup.enabled=true", "--atomicwrite.backup.directory=" + backups);
		Polls polls = polls();
		await().until(() -> polls.get("/actuator/health").status() == 200);
		this.mount.stop();
		String named = "did not answer for 2 s while its backup directory " + backups + " was looked at";
		Poll one = polls.get("/actuator/atomicwrite/data");
		assertThat(JsonMapper.shared().readTree(one.body()).at("/error").asString()).isEqualTo(named);
		assertThat(output.getOut()).contains("Managed directory 'data' (" + this.data + ") " + named);
		assertThat(
				JsonMapper.shared().readTree(polls.get("/actuator/atomicwrite/export").body()).at("/error").asString())
			.matches("did not answer for \\d+ s");
	}

	@Test
	void housekeepingOfTheOtherDirectoryGoesOn(CapturedOutput output) throws Exception {
		start("--atomicwrite.housekeeping.interval=1s");
		await().until(() -> threadsNamed("atomicwrite-housekeeping-") == 0);
		this.mount.stop();
		await().until(() -> output.getOut()
			.contains("Housekeeping of 'export' (" + this.export + ") waits: the directory did not answer for 2 s"));
		for (int i = 0; i < 2; i++) {
			Path orphan = Files.write(this.data.resolve(".a.json.0123456789abcde" + i + ".tmp"), new byte[3]);
			Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
			await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(orphan));
		}
		this.mount.resume();
		await().until(() -> output.getOut().contains("Housekeeping of 'export' (" + this.export + ") continues"));
	}

	@Test
	void aSweepOnRequestAnswers() throws Exception {
		start("--management.endpoint.atomicwrite.access=unrestricted");
		Polls polls = polls();
		// the first request of all takes its time
		polls.get("/actuator/health/liveness");
		this.mount.stop();
		Poll swept = polls.send(polls.request("/actuator/atomicwrite/export")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"dryRun\":false}"))
			.build());
		assertThat(swept.time()).isLessThan(ANSWER);
		JsonNode report = JsonMapper.shared().readTree(swept.body());
		assertThat(report.at("/complete").asBoolean(true)).isFalse();
		assertThat(report.at("/failures/0/reason").asString()).isEqualTo("did not answer for 2 s");
	}

	@Test
	void theApplicationStopsThoughAWriteHangs() throws Exception {
		start("--atomicwrite.housekeeping.interval=1s");
		AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
		StagedWrite open = template.open(this.export.resolve("open.json"));
		this.mount.stop();
		CompletableFuture<Void> write = CompletableFuture.runAsync(
				() -> template.writeString(this.export.resolve("a.json"), "never written"),
				(task) -> new Thread(task, "the-writer").start());
		await().until(() -> polls().get("/actuator/health").status() == 503);
		long start = System.nanoTime();
		this.context.close();
		// ten seconds for writes under way, five for sweeps, and five to give up the rest
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(22));
		assertThat(write).isNotDone();
		this.mount.resume();
		await().until(write::isDone);
		assertThat(open).isNotNull();
	}

	@Test
	void aStartThatWaitsSaysSoAndContinues(CapturedOutput output) throws Exception {
		this.mount.stop();
		CompletableFuture<Void> start = CompletableFuture.runAsync(this::start, (task) -> new Thread(task).start());
		String about = "managed directory 'export' (" + this.export + ")";
		await().atMost(Duration.ofSeconds(30))
			.until(() -> output.getOut()
				.contains("The start of the application waits for " + about + ", which has not answered for 3 s; "
						+ "it waits for at most 60 s"));
		assertThat(start).isNotDone();
		this.mount.resume();
		start.join();
		assertThat(output.getOut()).contains("The start of the application continues: " + about);
	}

	@Test
	void aStartWithoutACheckDoesNotWait() throws Exception {
		this.mount.stop();
		start("--atomicwrite.startup-check=off");
		Poll health = polls().get("/actuator/health");
		assertThat(health.status()).isEqualTo(503);
		assertThat(health.time()).isLessThan(Duration.ofSeconds(4));
		// nothing is known of it yet
		assertThat(polls().get("/actuator/atomicwrite/export").body()).contains("did not answer for")
			.doesNotContain("stale", "orphans");
	}

	@Test
	void aStartThatWaitsTooLongIsExplained(CapturedOutput output) {
		this.mount.stop();
		for (String check : new String[] { "inspect", "probe" }) {
			assertThatThrownBy(() -> start("--atomicwrite.startup-timeout=4s", "--atomicwrite.startup-check=" + check))
				.hasRootCauseMessage("Managed directory 'export' (" + this.export + ") did not answer for 4 s");
		}
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START",
				"The managed directory 'export' at " + this.export + " did not answer within 4",
				"increase 'atomicwrite.startup-timeout'");
	}

	@Test
	void aStartThatWaitsForTheDirectoryOfTheBackupsNamesIt(CapturedOutput output) throws Exception {
		Path backups = Files.createDirectories(this.mount.point().resolve("backups"));
		this.mount.stop();
		assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--atomicwrite.safety=best-effort", "--atomicwrite.startup-timeout=4s",
				"--atomicwrite.directories.data.path=" + this.data, "--atomicwrite.backup.enabled=true",
				"--atomicwrite.backup.directory=" + backups))
			.hasRootCauseMessage("The backup directory " + backups + " of managed directory 'data' (" + this.data
					+ ") did not answer for 4 s");
		assertThat(output.getOut()).contains(
				"The start of the application waits for the backup directory " + backups
						+ " of managed directory 'data'",
				"APPLICATION FAILED TO START", "The backup directory " + backups
						+ " of the managed directory 'data' at " + this.data + " did not answer within 4",
				"set 'atomicwrite.backup.directory'");
	}

	@Test
	void aConfigFileThatDoesNotAnswerEndsTheStart(CapturedOutput output) throws Exception {
		Files.createDirectories(this.export);
		Path file = Files.writeString(this.export.resolve("app.yaml"), "a: 1");
		this.mount.stop();
		long start = System.nanoTime();
		assertThatThrownBy(() -> start("--atomicwrite.startup-timeout=3s", "--spring.config.import=atomicfile:" + file))
			.hasMessageContaining("The config file " + file + " could not be read within 3");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "increase 'atomicwrite.startup-timeout'");
	}

	@Test
	void aDocumentThatDoesNotAnswerEndsTheStart(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.mount.point().resolve("settings.json"), "{}");
		this.mount.stop();
		assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class, Document.class).run("--server.port=0",
				"--atomicwrite.safety=best-effort", "--atomicwrite.startup-timeout=4s",
				"--atomicwrite.documents.settings.path=" + file))
			.hasRootCauseMessage("Document 'settings' (" + file + ") did not answer for 4 s");
		assertThat(output.getOut()).contains("The start of the application waits for document 'settings' (" + file,
				"APPLICATION FAILED TO START", "increase 'atomicwrite.startup-timeout'",
				"'atomicwrite.documents.settings.path'");
	}

	private void start(String... arguments) {
		String[] all = { "--server.port=0", "--atomicwrite.safety=best-effort",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.probes.enabled=true",
				"--management.health.atomicwrite.cache.time-to-live=1s",
				"--atomicwrite.directories.data.path=" + this.data,
				"--atomicwrite.directories.export.path=" + this.export };
		this.context = new SpringApplicationBuilder(Application.class)
			.run(Stream.of(all, arguments).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private Polls polls() {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		Assert.state(port != null, "no port");
		return new Polls(port);
	}

	private static double usable(Polls polls, String directory) throws Exception {
		String start = "atomicwrite_directory_usable{directory=\"" + directory + "\"} ";
		return polls.get("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith(start))
			.mapToDouble((line) -> Double.parseDouble(line.substring(start.length())))
			.findFirst()
			.orElse(Double.NaN);
	}

	/** The median time of a thousand writes to the directory that is well. */
	private double medianWrite() {
		AtomicFileTemplate template = this.context.getBean(AtomicFileTemplate.class);
		double[] times = new double[1000];
		for (int i = 0; i < times.length; i++) {
			long start = System.nanoTime();
			template.writeString(this.data.resolve("file-" + i % 10), "content " + i);
			times[i] = System.nanoTime() - start;
		}
		Arrays.sort(times);
		return times[times.length / 2];
	}

	private static int threads() {
		return threadsNamed("atomicwrite-");
	}

	private static int threadsNamed(String start) {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(start))
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Document {

		@Bean
		AtomicDocument<Map<String, Object>> settings(AtomicDocuments documents) {
			return documents.open("settings", DocumentOptions.of(new TypeReference<Map<String, Object>>() {
			}).build());
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
