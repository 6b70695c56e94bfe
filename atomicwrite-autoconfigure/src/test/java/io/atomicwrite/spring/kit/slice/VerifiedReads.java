package io.atomicwrite.spring.kit.slice;

import io.atomicwrite.core.AtomicFileTemplateBuilder;
import io.atomicwrite.spring.autoconfigure.AtomicFileTemplateBuilderCustomizer;

import org.springframework.stereotype.Component;

/**
 * Decides how files are read, so it is part of the slice.
 */
@Component
class VerifiedReads implements AtomicFileTemplateBuilderCustomizer {

	@Override
	public void customize(AtomicFileTemplateBuilder builder) {
		builder.verifyOnRead(true);
	}

}
