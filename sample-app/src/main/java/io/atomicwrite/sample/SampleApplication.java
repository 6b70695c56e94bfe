package io.atomicwrite.sample;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * A settings service whose settings survive if it is killed at any moment.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	@Bean
	AtomicDocument<Settings> settings(AtomicDocuments documents) {
		return documents.open("settings", Settings.class);
	}

	/**
	 * Starts the service.
	 * @param args the arguments of the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
