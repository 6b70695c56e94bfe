package io.atomicwrite.spring.hanging;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.hanging.Polls.Poll;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@link HangingMountTests} shows on a real mount, in a few seconds and without
 * root: here the calls on one directory block in the file operations.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentDirectoryTests {

	private static final String[] POLLED = { "/actuator/health", "/actuator/atomicwrite", "/actuator/prometheus",
			"/actuator/atomicwrite/export" };

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	private Silence silence;

	private Polls polls;

	@BeforeEach
	void start() throws Exception {
		this.context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.probes.enabled=true",
				"--management.endpoint.atomicwrite.access=unrestricted",
				"--management.health.atomicwrite.cache.time-to-live=0s", "--atomicwrite.look-timeout=300ms",
				"--atomicwrite.housekeeping.interval=200ms",
				"--atomicwrite.directories.data.path=" + this.directory.resolve("data"),
				"--atomicwrite.directories.export.path=" + this.directory.resolve("export"));
		this.silence = this.context.getBean(Silence.class);
		this.polls = new Polls(this.context.getEnvironment().getProperty("local.server.port", ""));
		assertThat(this.polls.get("/actuator/health").status()).isEqualTo(200);
		await().until(() -> this.polls.get("/actuator/prometheus").body(),
				(body) -> body.contains("atomicwrite_directory_usable{directory=\"export\"} 1.0"));
		this.silence.begin(this.directory.toRealPath().resolve("export"));
	}

	@AfterEach
	void stop() {
		this.silence.end();
		this.context.close();
	}

	@Test
	void pollsAnswerAndTheOtherDirectoryIsWrittenAndSwept() throws Exception {
		List<Poll> answers = this.polls.start(20, POLLED).join();
		assertThat(answers).hasSize(20 * POLLED.length)
			.allSatisfy((poll) -> assertThat(poll.status()).as(poll.toString()).isIn(200, 503));
		assertThat(Poll.slowest(answers)).isLessThan(Duration.ofSeconds(2));
		assertThat(this.silence.blocked()).isBetween(1, 2);
		assertThat(this.polls.get("/actuator/health/liveness").body()).contains("\"UP\"");
		assertThat(this.polls.get("/actuator/health").body()).contains("\"error\":\"did not answer for");
		assertThat(this.polls.get("/actuator/atomicwrite/export").body()).contains("\"stale\":", "\"orphans\":{");
		assertThat(this.polls.get("/actuator/prometheus").body()).contains(
				"atomicwrite_directory_usable{directory=\"export\"} 0.0",
				"atomicwrite_directory_usable{directory=\"data\"} 1.0");
		Path data = this.directory.resolve("data");
		this.context.getBean(AtomicFileTemplate.class).writeString(data.resolve("a.txt"), "written");
		Path orphan = Files.write(data.resolve(".b.json.0123456789abcdef.tmp"), new byte[3]);
		Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
		await().until(() -> !Files.exists(orphan));
		Poll swept = this.polls.send(this.polls.request("/actuator/atomicwrite/export")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build());
		assertThat(swept.body()).contains("\"complete\":false", "did not answer for");

		this.silence.end();
		await().until(() -> this.polls.get("/actuator/health").status() == 200);
		assertThat(this.polls.get("/actuator/atomicwrite/export").body()).doesNotContain("stale");
	}

	@Test
	void theApplicationStops() throws Exception {
		await().until(() -> this.polls.get("/actuator/health").status() == 503);
		long start = System.nanoTime();
		this.context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
		assertThat(this.silence.blocked()).isPositive();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Silence files() {
			return new Silence();
		}

	}

	/** No call on one directory returns, and none can be interrupted. */
	static final class Silence extends ForwardingFileOps {

		private volatile @Nullable Path place;

		private volatile CountDownLatch ended = new CountDownLatch(0);

		private final AtomicInteger blocked = new AtomicInteger();

		Silence() {
			super(new MountedAs("ext4"));
		}

		void begin(Path directory) {
			this.ended = new CountDownLatch(1);
			this.place = directory;
		}

		void end() {
			this.place = null;
			this.ended.countDown();
		}

		int blocked() {
			return this.blocked.get();
		}

		private void block(Path path) {
			Path silent = this.place;
			if (silent == null || !path.startsWith(silent)) {
				return;
			}
			this.blocked.incrementAndGet();
			while (this.ended.getCount() > 0) {
				try {
					this.ended.await();
				}
				catch (InterruptedException ex) {
					// as a system call on a filesystem that hangs
				}
			}
			this.blocked.decrementAndGet();
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			block(canonical);
			return super.mount(canonical);
		}

		@Override
		public Path canonical(Path existing) throws IOException {
			block(existing);
			return super.canonical(existing);
		}

		@Override
		public void list(Path path, NameVisitor visitor) throws IOException {
			block(path);
			super.list(path, visitor);
		}

	}

}
