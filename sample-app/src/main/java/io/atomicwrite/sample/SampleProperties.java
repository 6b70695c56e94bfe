package io.atomicwrite.sample;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the service keeps its files.
 *
 * @param data the directory that holds settings and exports
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("./data") Path data) {

	Path settings() {
		return this.data.resolve("settings").resolve("settings.json");
	}

	Path exports() {
		return this.data.resolve("exports");
	}

}
