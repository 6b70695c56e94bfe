package io.atomicwrite.spring.context;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The end of one template is the end of nothing else: what it works with belongs to the
 * context.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BorrowedThingsTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "prototype", "custom" })
	void aTemplateInAScopeLeavesTheRegistryOpen(String scope) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getBeanFactory().registerScope("custom", new SimpleThreadScope());
			context.registerBean("scoped", AtomicFileTemplate.class,
					() -> AtomicFileTemplate.builder().locks(context.getBean(LockRegistry.class)).build(),
					(definition) -> definition.setScope(scope));
			context.register(AtomicWriteAutoConfiguration.class);
			context.refresh();
			AtomicFileTemplate scoped = context.getBean(AtomicFileTemplate.class);
			scoped.writeString(this.directory.resolve("a"), "a");

			context.getBeanFactory().destroyBean("scoped", scoped);

			AtomicFileTemplate other = AtomicFileTemplate.builder().locks(context.getBean(LockRegistry.class)).build();
			other.writeString(this.directory.resolve("b"), "b");
			assertThat(this.directory.resolve("b")).hasContent("b");
		}
	}

	@Test
	void oneOfTwoTemplatesIsDestroyed() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				AtomicWriteAutoConfiguration.class, TwoTemplates.class)) {
			AtomicFileTemplate kept = context.getBean("kept", AtomicFileTemplate.class);
			LockRegistry locks = context.getBean(LockRegistry.class);
			try (LockLease lease = locks.acquire(this.directory.resolve("a"), LockRequest.failFast())) {
				CompletableFuture<WriteResult> waiting = CompletableFuture.supplyAsync(
						() -> kept.writeString(this.directory.resolve("a"), "a"), (task) -> new Thread(task).start());
				await().until(() -> locks.waiting().size() == 1);
				context.getDefaultListableBeanFactory().destroySingleton("dropped");
				assertThat(waiting).isNotDone();
				lease.close();
				assertThat(waiting.join().size()).isOne();
			}
			kept.writeString(this.directory.resolve("b"), "b");
			assertThat(this.directory.resolve("b")).hasContent("b");
		}
	}

	@Test
	void aRequestScopedTemplateOverHttp() throws Exception {
		Path data = this.directory.resolve("data");
		try (RunningApplication application = RunningApplication.start(List.of(OfRequest.class),
				"atomicwrite.directories.data.path=" + data)) {
			for (int i = 0; i < 3; i++) {
				assertThat(application.get("/write").statusCode()).isEqualTo(200);
			}
			assertThat(application.json("/actuator/health").at("/components/atomicwrite/status").asString())
				.isEqualTo("UP");
			assertThat(data.resolve("a.txt")).hasContent("from a request");
		}
	}

	/** Tomcat reports each thread that has the class loader of the web application. */
	@Test
	void noThreadKeepsTheWebApplication(CapturedOutput output) throws Exception {
		RunningApplication application = RunningApplication.start(List.of(OfRequest.class),
				"atomicwrite.directories.data.path=" + this.directory.resolve("data"));
		List<String> kept = new ArrayList<>();
		try (application) {
			for (String path : List.of("/write", "/actuator/health", "/actuator/atomicwrite")) {
				assertThat(application.get(path).statusCode()).as(path).isEqualTo(200);
			}
			Thread.getAllStackTraces().keySet().forEach((thread) -> {
				ClassLoader loader = thread.getContextClassLoader();
				if (thread.getName().startsWith("atomicwrite-") && loader != null
						&& loader.getClass().getName().contains("Webapp")) {
					kept.add(thread.getName());
				}
			});
		}
		assertThat(kept).isEmpty();
		assertThat(output).doesNotContain("appears to have started a thread");
	}

	@Test
	void aChildContextClosesNothingOfItsParent() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(
				AtomicWriteAutoConfiguration.class)) {
			for (int i = 0; i < 2; i++) {
				try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
					child.setParent(parent);
					child.register(AtomicWriteAutoConfiguration.class, TwoTemplates.class);
					child.refresh();
					child.getBean("kept", AtomicFileTemplate.class).writeString(this.directory.resolve("c"), "c");
				}
			}
			parent.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("p"), "p");
			assertThat(this.directory.resolve("p")).hasContent("p");
		}
	}

	@Test
	void aRegistryThatTheApplicationClosesItselfStaysOpen() {
		LockRegistry mine = LockRegistry.file();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(LockRegistry.class, () -> mine,
					(definition) -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""));
			context.register(AtomicWriteAutoConfiguration.class);
			context.refresh();
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("a"), "a");
		}
		mine.acquire(this.directory.resolve("a"), LockRequest.failFast()).close();
	}

	@Test
	void twoContextsThatShareARegistry() {
		LockRegistry mine = LockRegistry.file();
		AnnotationConfigApplicationContext first = sharing(mine);
		try (AnnotationConfigApplicationContext second = sharing(mine)) {
			StagedWrite open = second.getBean(AtomicFileTemplate.class).open(this.directory.resolve("a"));
			first.close();
			open.commit();
			second.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("b"), "b");
		}
		assertThat(this.directory.toFile().list()).containsExactlyInAnyOrder("a", "b");
	}

	private static AnnotationConfigApplicationContext sharing(LockRegistry registry) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getBeanFactory().registerSingleton("locks", registry);
		context.register(AtomicWriteAutoConfiguration.class);
		context.refresh();
		return context;
	}

	@Test
	void theMetersOfTheLastWriteStillArrive() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		Path target = this.directory.resolve("last");
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("meters", MeterRegistry.class, () -> meters);
			context.registerBean("last", LastWords.class,
					() -> new LastWords(context.getBean(AtomicFileTemplate.class), target));
			context.register(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class);
			context.refresh();
			context.getBean("last", LastWords.class);
		}
		assertThat(target).hasContent("last words");
		assertThat(meters.get("atomicwrite.content.size").tag("directory", "other").counter().count()).isPositive();
	}

	record LastWords(AtomicFileTemplate template, Path target) implements AutoCloseable {

		@Override
		public void close() {
			this.template.writeString(this.target, "last words");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoTemplates {

		@Bean
		AtomicFileTemplate kept(LockRegistry locks) {
			return AtomicFileTemplate.builder().locks(locks).build();
		}

		@Bean
		AtomicFileTemplate dropped(LockRegistry locks) {
			return AtomicFileTemplate.builder().locks(locks).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@RestController
	static class OfRequest {

		private final ObjectProvider<AtomicFileOperations> files;

		private final ManagedDirectories directories;

		OfRequest(ObjectProvider<AtomicFileOperations> files, ManagedDirectories directories) {
			this.files = files;
			this.directories = directories;
		}

		@Bean
		static MountedAs mounted() {
			return new MountedAs("ext4");
		}

		@Bean
		@Scope(scopeName = "request", proxyMode = ScopedProxyMode.INTERFACES)
		static AtomicFileOperations ofRequest(LockRegistry locks, MountedAs files) {
			return AtomicFileTemplate.builder().locks(locks).files(files).build();
		}

		@GetMapping("/write")
		String write() {
			Path target = this.directories.all().iterator().next().path().resolve("a.txt");
			return this.files.getObject().writeString(target, "from a request").outcome().name();
		}

	}

}
