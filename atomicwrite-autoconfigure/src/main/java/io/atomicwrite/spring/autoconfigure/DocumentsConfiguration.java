package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.spring.config.PropertyBindings;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.document.DocumentFlush;
import io.atomicwrite.spring.document.DocumentsProperties;

import org.springframework.beans.factory.ObjectProvider;
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
	@ConditionalOnMissingBean
	DocumentFlush atomicwriteDocumentFlush(AtomicDocuments documents) {
		return new DocumentFlush(documents);
	}

}
