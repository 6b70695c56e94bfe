package io.atomicwrite.spring.config;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A real application that imports configuration files.
 */
final class ImportingApplication {

	private ImportingApplication() {
	}

	static ConfigurableApplicationContext start(String... properties) {
		return start(List.of(), properties);
	}

	static ConfigurableApplicationContext start(List<Class<?>> more, String... properties) {
		List<Class<?>> sources = new ArrayList<>(more);
		sources.add(Automatic.class);
		SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		return application.run(arguments(properties));
	}

	private static String[] arguments(String... properties) {
		List<String> arguments = new ArrayList<>();
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return arguments.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AtomicWriteAutoConfiguration.class,
			ConfigurationPropertiesRebinderAutoConfiguration.class, RefreshAutoConfiguration.class })
	static class Automatic {

	}

}
