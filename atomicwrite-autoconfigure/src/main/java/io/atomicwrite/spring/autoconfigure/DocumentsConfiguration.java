package io.atomicwrite.spring.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.spring.config.PropertyBindings;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.document.DocumentFlush;
import io.atomicwrite.spring.document.DocumentsProperties;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Configures documents by name.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class DocumentsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomicDocuments atomicwriteDocuments(ObjectProvider<AtomicFileOperations> operations, PropertyBindings bindings,
			Environment environment, ApplicationEventPublisher events) {
		return new AtomicDocuments(operations::getObject, DocumentsProperties.of(Binder.get(environment)), bindings,
				events);
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	InitializingBean atomicwriteConfiguredDocuments(Demand demand, ObjectProvider<AtomicDocuments> documents) {
		return () -> {
			if (demand.usesDocuments()) {
				documents.getIfUnique();
			}
		};
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	DocumentFlush atomicwriteDocumentFlush(ConfigurableListableBeanFactory beans) {
		return new DocumentFlush(() -> created(beans));
	}

	private static List<AtomicDocuments> created(ConfigurableListableBeanFactory beans) {
		return Arrays.stream(beans.getBeanNamesForType(AtomicDocuments.class, true, false))
			.filter(beans::containsSingleton)
			.map((name) -> beans.getBean(name, AtomicDocuments.class))
			.toList();
	}

}
