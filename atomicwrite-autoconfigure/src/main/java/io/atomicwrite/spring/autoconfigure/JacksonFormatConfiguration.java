package io.atomicwrite.spring.autoconfigure;

import java.util.List;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configures the JSON format with the application's {@link JsonMapper} if asked to, which
 * may need the template itself. What {@code spring.jackson} says about HTTP is no
 * business of files: a change there would change, or fail to read, what earlier versions
 * wrote.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnProperty(name = JacksonFormatConfiguration.MAPPER, havingValue = "application")
class JacksonFormatConfiguration {

	static final String MAPPER = "atomicwrite.json.mapper";

	// last: the first format registered for an extension takes precedence
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	AtomicFileTemplateBuilderCustomizer atomicwriteJacksonFormatCustomizer(ListableBeanFactory beans) {
		if (beans.getBeanNamesForType(JsonMapper.class, true, false).length == 0) {
			throw new InvalidConfigurationPropertyValueException(MAPPER, "application",
					"It needs a bean of type JsonMapper; add spring-boot-starter-jackson.");
		}
		return (builder) -> builder
			.formats(() -> SoleBean.of(beans, JsonMapper.class, "the mapper of its own format, which indents")
				.map((mapper) -> List.of(new JacksonJsonFormat(mapper)))
				.orElseGet(List::of));
	}

}
