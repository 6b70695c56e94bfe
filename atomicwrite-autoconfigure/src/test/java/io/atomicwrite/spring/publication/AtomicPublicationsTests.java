package io.atomicwrite.spring.publication;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.publication.PublicationMove;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.spring.PublicationMovedEvent;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.test.ExchangingFileOps;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.Stresses;
import io.atomicwrite.test.fault.FileCall.Op;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Publications by name: from their properties to events, metrics and resources.
 */
class AtomicPublicationsTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	private Path temporary;

	private Path data;

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
				AtomicWriteMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Moves.class)
		.withPropertyValues("atomicwrite.housekeeping.enabled=false");

	@BeforeEach
	void directories() throws IOException {
		this.data = Files.createDirectory(this.temporary.toRealPath().resolve("data"));
		this.runner = this.runner.withPropertyValues("atomicwrite.directories.data.path=" + this.data,
				"atomicwrite.publications.dataset.directory=data", "atomicwrite.publications.dataset.keep=2");
	}

	private static void publish(AtomicPublications publications, String version, String content) {
		publications.publish("dataset", (out) -> out.file("d/part-0.csv", content.getBytes()),
				(options) -> options.withVersion(version));
	}

	@Test
	void aPublicationIsPublishedAndOpenedByItsName() {
		this.runner.run((context) -> {
			AtomicPublications publications = context.getBean(AtomicPublications.class);
			assertThat(publications.names()).containsExactly("dataset");
			publish(publications, "v1", "1");
			try (OpenVersion open = publications.open("dataset")) {
				assertThat(open.file("d/part-0.csv")).hasContent("1");
				publish(publications, "v2", "2");
				publish(publications, "v3", "3");
				publish(publications, "v4", "4");
				assertThat(open.file("d/part-0.csv")).hasContent("1");
			}
			assertThat(publications.get("dataset").list()).extracting("name").containsExactly("v1", "v3", "v4");
			assertThat(this.data.resolve("dataset/latest/d/part-0.csv")).hasContent("4");
			assertThat(publications.options("dataset").retention()).contains(Retention.keep(2));
		});
	}

	@Test
	void eachMoveIsOneEventAndTheListenersOfTheApplicationFollow() {
		List<String> heard = new ArrayList<>();
		this.runner.withBean(PublicationListener.class, () -> new PublicationListener() {

			@Override
			public void moved(PublicationMove move) {
				heard.add(move.publication() + (move.rollback() ? " back to " : " on to ") + move.after().name());
			}

		}).run((context) -> {
			AtomicPublications publications = context.getBean(AtomicPublications.class);
			publish(publications, "v1", "1");
			publish(publications, "v2", "2");
			publications.get("dataset").rollback();
			assertThat(heard).containsExactly("dataset on to v1", "dataset on to v2", "dataset back to v1");
			Path path = this.data.resolve("dataset");
			PublicationMovedEvent[] events = { new PublicationMovedEvent("dataset", path, Optional.empty(), "v1"),
					new PublicationMovedEvent("dataset", path, Optional.of("v1"), "v2"),
					new PublicationMovedEvent("dataset", path, Optional.of("v2"), "v1") };
			List<PublicationMovedEvent> moves = context.getBean(Moves.class).all;
			assertThat(moves).containsExactly(events);
			// a look finds what is known
			publications.look("dataset");
			assertThat(moves).hasSize(3);
		});
	}

	/** Every other order of a look and a move than that of the test before. */
	@Test
	void aMoveThatALookHasFoundIsNoEvent() {
		List<PublicationMovedEvent> events = new ArrayList<>();
		KnownPublication known = new KnownPublication("dataset", this.data, InstantSource.system(), events::add);
		Publication dataset = AtomicFileTemplate.create().publication(this.data, "dataset");
		known.look(dataset);
		dataset.withListener(new PublicationListener() {

			@Override
			public void moved(PublicationMove move) {
				known.look(dataset);
				known.moved(move);
				known.look(dataset);
			}

		}).publish((out) -> out.file("f", new byte[1]), PublishOptions.defaults().withVersion("v1"));
		assertThat(events).containsExactly(new PublicationMovedEvent("dataset", this.data, Optional.empty(), "v1"));
		assertThat(known.state().latestSize()).isOne();
	}

	@Test
	void whatALookHasFoundBeforeAMoveIsNoNews() throws IOException {
		List<PublicationMovedEvent> events = new ArrayList<>();
		Publication dataset = AtomicFileTemplate.create().publication(this.data, "dataset");
		PublishOptions options = PublishOptions.defaults();
		dataset.publish((out) -> out.file("f", new byte[1]), options.withVersion("v1"));
		HookedFileOps files = new HookedFileOps(FileOps.system());
		KnownPublication known = new KnownPublication("dataset", this.data, InstantSource.system(), events::add);
		Publication looked = AtomicFileTemplate.builder().files(files).build().publication(this.data, "dataset");
		known.look(looked);
		// once the look has found the pointer, it moves
		files.after((call) -> call.op() == Op.READ_LINK && call.path().endsWith("latest"), 1,
				() -> dataset.withListener(known)
					.publish((out) -> out.file("f", new byte[1]), options.withVersion("v2")));
		known.look(looked);
		assertThat(files.ran()).isTrue();
		assertThat(events).containsExactly(new PublicationMovedEvent("dataset", this.data, Optional.of("v1"), "v2"));
	}

	@Stresses
	@ParameterizedTest
	@EnumSource
	void aMoveByAnotherProcessIsNoticed(PointerKind kind) {
		AtomicFileTemplate other = AtomicFileTemplate.builder().files(new ExchangingFileOps(FileOps.system())).build();
		PublishOptions options = PublishOptions.defaults().withPointer(kind);
		this.runner.withPropertyValues("atomicwrite.publications.dataset.pointer=" + kind).run((context) -> {
			AtomicPublications publications = context.getBean(AtomicPublications.class);
			List<PublicationMovedEvent> moves = context.getBean(Moves.class).all;
			await().atMost(LONG).until(() -> publications.state("dataset").looked().isPresent());
			Publication dataset = other.publication(this.data, "dataset");
			dataset.publish((out) -> out.file("f", new byte[3]), options.withVersion("v1"));
			await().atMost(LONG).until(() -> !moves.isEmpty());
			dataset.publish((out) -> out.file("f", new byte[5]), options.withVersion("v2"));
			await().atMost(LONG).until(() -> moves.size() == 2);
			assertThat(moves.get(1).before()).contains("v1");
			assertThat(moves.get(1).after()).isEqualTo("v2");
			await().atMost(LONG).until(() -> publications.state("dataset").latestSize() == 5);
		});
	}

	@Test
	void metricsAreThereFromTheStartAndFollow() {
		this.runner.run((context) -> {
			AtomicPublications publications = context.getBean(AtomicPublications.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(gauge(registry, "latest.age")).isInfinite();
			assertThat(gauge(registry, "versions")).isZero();
			publish(publications, "v1", "12345");
			publish(publications, "v2", "123");
			assertThat(gauge(registry, "versions")).isEqualTo(2);
			assertThat(gauge(registry, "latest.size")).isEqualTo(3);
			assertThat(gauge(registry, "latest.age")).isBetween(0.0, 60.0);
			assertThatThrownBy(() -> publications.publish("dataset", (out) -> {
				throw new IOException("the source is gone");
			})).isInstanceOf(WriteFailedException.class);
			publications.get("dataset").rollback();
			assertThat(publishes(registry, "published")).isEqualTo(2);
			assertThat(publishes(registry, "not_committed")).isOne();
			assertThat(publishes(registry, "indeterminate")).isZero();
			assertThat(
					registry.get("atomicwrite.publication.rollbacks").tag("publication", "dataset").counter().count())
				.isOne();
		});
	}

	private static double gauge(MeterRegistry registry, String name) {
		return registry.get("atomicwrite.publication." + name).tag("publication", "dataset").gauge().value();
	}

	private static double publishes(MeterRegistry registry, String outcome) {
		return registry.get("atomicwrite.publication.publishes")
			.tags("publication", "dataset", "outcome", outcome)
			.counter()
			.count();
	}

	@Test
	void aFileOfAVersionIsAResource() {
		this.runner.run((context) -> {
			AtomicPublications publications = context.getBean(AtomicPublications.class);
			Resource latest = context.getResource("atomicfile:dataset@latest/d/part-0.csv");
			assertThat(latest.exists()).isFalse();
			assertThatIOException().isThrownBy(latest::getInputStream).isInstanceOf(FileNotFoundException.class);
			publish(publications, "v1", "one");
			assertThat(latest.exists()).isTrue();
			assertThat(latest.contentLength()).isEqualTo(3);
			assertThat(latest.isFile()).isFalse();
			assertThat(latest.getFilename()).isEqualTo("part-0.csv");
			assertThat(latest.getURI()).hasToString("atomicfile:dataset@latest/d/part-0.csv");
			try (InputStream in = latest.getInputStream()) {
				publish(publications, "v2", "two");
				publish(publications, "v3", "three");
				publish(publications, "v4", "four");
				assertThat(publications.get("dataset").readers("v1")).isOne();
				assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one");
			}
			assertThat(publications.get("dataset").readers("v1")).isZero();
			assertThat(latest.getContentAsString(StandardCharsets.UTF_8)).isEqualTo("four");
			assertThat(context.getResource("atomicfile:dataset@v3/d/part-0.csv").getContentAsByteArray()).hasSize(5);
			assertThat(latest.createRelative("../manifest.json").exists()).isTrue();
			assertThatIOException().isThrownBy(() -> latest.createRelative("../../v3/d/part-0.csv"));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getResource("atomicfile:dataset@latest/../x"));
			assertThatThrownBy(() -> context.getResource("atomicfile:datset@latest/x"))
				.isInstanceOf(PublicationNotConfiguredException.class)
				.hasMessageContaining("the publications are dataset");
			Files.createSymbolicLink(this.data.resolve("dataset/v4/out"), this.temporary);
			Files.writeString(this.temporary.resolve("secret"), "secret");
			assertThat(context.getResource("atomicfile:dataset@v4/out/secret").exists()).isFalse();
		});
	}

	@Test
	void withoutPublicationsThereIsNothingToDo() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.run((context) -> {
				assertThat(context.getBean(PublicationWatch.class).isRunning()).isFalse();
				assertThat(context.getBean(AtomicPublications.class).names()).isEmpty();
			});
	}

	@Test
	void aPathIsRelativeToTheBaseDirectory() {
		this.runner
			.withPropertyValues("atomicwrite.base-directory=" + this.data,
					"atomicwrite.publications.other.path=sub/set", "atomicwrite.publications.other.min-age=60")
			.run((context) -> {
				AtomicPublications publications = context.getBean(AtomicPublications.class);
				publications.publish("other", (out) -> out.file("f", new byte[1]));
				assertThat(this.data.resolve("sub/set/latest/f")).hasSize(1);
				assertThat(publications.options("other").retention())
					.contains(Retention.keep(1).olderThan(Duration.ofMinutes(1)));
			});
	}

	/** Collects the events. */
	static class Moves {

		private final List<PublicationMovedEvent> all = new CopyOnWriteArrayList<>();

		@EventListener
		void moved(PublicationMovedEvent event) {
			this.all.add(event);
		}

	}

}
