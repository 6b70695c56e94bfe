package io.atomicwrite.spring.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.metadata.MetadataStore;
import org.springframework.integration.metadata.SimpleMetadataStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class DocumentMetadataStoreTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	private ApplicationContextRunner runner() {
		return this.plain.withPropertyValues("atomicwrite.metadata-store.document=metadata",
				"atomicwrite.documents.metadata.path=" + this.directory.resolve("metadata.properties"));
	}

	@Test
	void keepsTheContractOfAConcurrentMetadataStore() {
		runner().run((context) -> {
			ConcurrentMetadataStore store = (ConcurrentMetadataStore) IntegrationContextUtils.getMetadataStore(context);
			assertThat(store.get("a b=c")).isNull();
			assertThat(store.putIfAbsent("a b=c", "1")).isNull();
			assertThat(store.putIfAbsent("a b=c", "2")).isEqualTo("1");
			assertThat(store.get("a b=c")).isEqualTo("1");
			assertThat(store.replace("a b=c", "2", "3")).isFalse();
			assertThat(store.replace("a b=c", "1", "3")).isTrue();
			assertThat(store.replace("none", "1", "3")).isFalse();
			store.put("a b=c", "4");
			store.put("x", "ü");
			assertThat(store.remove("a b=c")).isEqualTo("4");
			assertThat(store.remove("a b=c")).isNull();
			assertThat(store.replace("x", "ü", "ü")).isTrue();
			assertThatNullPointerException().isThrownBy(() -> store.put("a", null));
			assertThat(Files.readString(this.directory.resolve("metadata.properties"))).isEqualTo("x=ü\n");
		});
		runner().run((context) -> assertThat(context.getBean(MetadataStore.class).get("x")).isEqualTo("ü"));
	}

	@Test
	void oneOfSeveralThreadsIsTheFirst() {
		runner().run((context) -> {
			ConcurrentMetadataStore store = context.getBean(ConcurrentMetadataStore.class);
			ExecutorService threads = Executors.newFixedThreadPool(4);
			List<Callable<Boolean>> tasks = IntStream.range(0, 40)
				.<Callable<Boolean>>mapToObj((i) -> () -> store.putIfAbsent("key" + i % 10, "by " + i) == null)
				.toList();
			int first = 0;
			for (Future<Boolean> result : threads.invokeAll(tasks)) {
				first += result.get() ? 1 : 0;
			}
			threads.shutdown();
			assertThat(first).isEqualTo(10);
		});
	}

	@Test
	void isOffUnlessAskedForAndStepsBack() {
		this.plain.run((context) -> assertThat(context).doesNotHaveBean(MetadataStore.class));
		runner().withBean(SimpleMetadataStore.class)
			.run((context) -> assertThat(context).doesNotHaveBean(DocumentMetadataStore.class));
		runner().withClassLoader(new FilteredClassLoader("org.springframework.integration"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("metadataStore"));
	}

}
