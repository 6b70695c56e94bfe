package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.integration.DocumentMetadataStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.MetadataStore;

/**
 * Configures a {@link MetadataStore} of Spring Integration in a document, if asked to.
 * Spring Integration looks it up by the name {@code metadataStore}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MetadataStore.class)
@ConditionalOnProperty("atomicwrite.metadata-store.document")
class MetadataStoreConfiguration {

	@Bean({ "metadataStore", "atomicwriteMetadataStore" })
	@ConditionalOnMissingBean(MetadataStore.class)
	DocumentMetadataStore atomicwriteMetadataStore(AtomicDocuments documents, AtomicWriteProperties properties) {
		return new DocumentMetadataStore(
				documents.open(String.valueOf(properties.metadataStore().document()), DocumentMetadataStore.options()));
	}

}
