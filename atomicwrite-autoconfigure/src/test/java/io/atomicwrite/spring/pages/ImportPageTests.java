package io.atomicwrite.spring.pages;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.spring.config.BoundProperties;
import io.atomicwrite.spring.document.AtomicDocuments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * {@code docs/how-to/import-configuration.md}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImportPageTests {

	@TempDir
	private Path directory;

	@Test
	void thePageIsWhatHappens(CapturedOutput log) throws Exception {
		Page page = Page.of("import-configuration.md");
		page.requireJavaIn(getClass());
		Path file = Files.createDirectory(this.directory.resolve("config")).resolve("app.yaml");
		Files.writeString(file, page.blocks("yaml").get(0));
		String property = page.blocks("properties").get(0).strip();
		String argument = "--" + property.replace("./config", file.getParent().toString());
		try (ConfigurableApplicationContext context = start(argument)) {
			@SuppressWarnings("unchecked")
			BoundProperties<ShopProperties> shop = context.getBean(BoundProperties.class);
			assertThat(shop.current()).isEqualTo(new ShopProperties("Corner shop", 10));
			Files.writeString(file, Files.readString(file).replace("10", "20"));
			await().until(() -> shop.current().limit() == 20);
			Files.writeString(file, Files.readString(file).replace("20", "many"));
			await().until(() -> log.getOut().contains("can't be used"));
			assertThat(log.getOut()).contains("line 4, column 10: the value of 'shop.limit' does not fit the type int");
		}
		Files.writeString(file, "shop:\n  name: Corner shop\n  limit 10\n  open: true\n");
		assertThatException().isThrownBy(() -> start(argument));
		assertThat(log.getOut()
			.replace(file.toString(), "/srv/shop/config/app.yaml")
			.replace("atomicfile:/srv/shop", "atomicfile:.")
			.replaceAll("(imported by '[^']*')[^,]*,", "$1 from class path resource [application.properties] - 1:22,"))
			.contains(page.blocks("text").get(0).strip());
	}

	private static ConfigurableApplicationContext start(String argument) {
		SpringApplication application = new SpringApplication(Shop.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(argument);
	}

	record ShopProperties(@NotBlank String name, @Max(100) @DefaultValue("5") int limit) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration.class)
	static class Shop {

		@Bean
		BoundProperties<ShopProperties> shop(AtomicDocuments documents) {
			return documents.bound("shop", ShopProperties.class);
		}

	}

}
