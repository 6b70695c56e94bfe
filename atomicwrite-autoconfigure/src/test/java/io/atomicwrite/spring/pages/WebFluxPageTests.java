package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/how-to/webflux.md}. What must not block is a thread of Reactor's parallel
 * scheduler here, as an event loop is one too.
 */
class WebFluxPageTests {

	@TempDir
	private Path directory;

	@Test
	void noCallOfThePageBlocksAThreadThatMustNotBlock() throws IOException {
		Page.of("webflux.md").requireJavaIn(getClass());
		run((application, blocked) -> {
			assertThat(onEventLoop(application.save("a", "text"))).isNull();
			assertThat(onEventLoop(application.load("a"))).isEqualTo("text");
			assertThat(onEventLoop(application.load("b"))).isNull();
			assertThat(onEventLoop(Mono.defer(application::theme))).isEqualTo("light");
			assertThat(onEventLoop(Mono.defer(() -> application.change("dark")))).isEqualTo("dark");
			assertThat(onEventLoop(Mono.defer(application::theme))).isEqualTo("dark");
			assertThat(blocked).isEmpty();
		});
	}

	@Test
	void aCallOutsideOfTheSchedulerIsFound() {
		run((application, blocked) -> {
			onEventLoop(Mono.fromCallable(() -> application.files.writeString(application.note("a"), "text")));
			assertThat(blocked).contains(FileCall.Op.CREATE, FileCall.Op.SYNC);
		});
	}

	private void run(Use use) {
		Blocked blocked = new Blocked();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(FileOps.class, () -> blocked)
			.withBean(Application.class)
			.withPropertyValues("atomicwrite.directories.notes.path=" + this.directory,
					"atomicwrite.documents.settings.path=" + this.directory.resolve("settings.yaml"))
			.run((context) -> use.with(context.getBean(Application.class), blocked.calls));
	}

	private static <T> @Nullable T onEventLoop(Mono<T> mono) {
		return mono.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(30));
	}

	@FunctionalInterface
	private interface Use {

		void with(Application application, Set<FileCall.Op> blocked);

	}

	/** Notes what is called in a thread that must not block. */
	private static final class Blocked extends InterceptingFileOps {

		private final Set<FileCall.Op> calls = ConcurrentHashMap.newKeySet();

		Blocked() {
			super(FileOps.system());
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			if (Schedulers.isInNonBlockingThread()) {
				this.calls.add(call.op());
			}
			return action.run();
		}

	}

	static final class Application {

		private final AtomicFileOperations files;

		private final ManagedDirectories directories;

		private final AtomicDocument<Settings> settings;

		Application(AtomicFileOperations files, ManagedDirectories directories, AtomicDocuments documents) {
			this.files = files;
			this.directories = directories;
			this.settings = documents.open("settings", Settings.class);
		}

		@PutMapping("/notes/{name}")
		Mono<Void> save(@PathVariable String name, @RequestBody String text) {
			return Mono.fromRunnable(() -> this.files.writeString(note(name), text))
				.subscribeOn(Schedulers.boundedElastic())
				.then();
		}

		@GetMapping("/notes/{name}")
		Mono<String> load(@PathVariable String name) {
			return Mono.fromCallable(() -> this.files.findString(note(name)))
				.subscribeOn(Schedulers.boundedElastic())
				.flatMap(Mono::justOrEmpty);
		}

		@GetMapping("/theme")
		Mono<String> theme() {
			return Mono.just(this.settings.current().theme());
		}

		@PutMapping("/theme/{theme}")
		Mono<String> change(@PathVariable String theme) {
			return Mono.fromCompletionStage(() -> this.settings.updateAsync((old) -> old.withTheme(theme)))
				.map(Settings::theme);
		}

		private Path note(String name) {
			return this.directories.path("notes").resolve(name + ".txt");
		}

	}

	record Settings(@DefaultValue("light") String theme) {

		Settings withTheme(String newTheme) {
			return new Settings(newTheme);
		}

	}

}
