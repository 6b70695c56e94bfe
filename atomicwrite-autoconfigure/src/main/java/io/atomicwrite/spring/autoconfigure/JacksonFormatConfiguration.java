package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configures the JSON format with the application's {@link JsonMapper}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
class JacksonFormatConfiguration {

	// last: the first format registered for an extension takes precedence
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnSingleCandidate(JsonMapper.class)
	AtomicFileTemplateBuilderCustomizer atomicwriteJacksonFormatCustomizer(JsonMapper mapper) {
		return (builder) -> builder.format(new JacksonJsonFormat(mapper));
	}

}
