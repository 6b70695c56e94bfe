package io.atomicwrite.spring.pages;

import java.io.IOException;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.document.AtomicDocuments;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/how-to/ahead-of-time.md}.
 */
class AheadOfTimePageTests {

	@Test
	void theCodeOfThePageRegistersTheTypeOfADocument() throws IOException {
		Page.of("ahead-of-time.md").requireJavaIn(AheadOfTimePageTests.class);
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Application.class);
		assertThat(RuntimeHintsPredicates.reflection().onType(Settings.class)).accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		@RegisterReflectionForBinding(Settings.class)
		AtomicDocument<Settings> settings(AtomicDocuments documents) {
			return documents.open("settings", Settings.class);
		}

	}

	record Settings(String theme) {
	}

}
