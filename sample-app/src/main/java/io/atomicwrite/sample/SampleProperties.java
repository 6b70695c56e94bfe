package io.atomicwrite.sample;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for the files of the service.
 *
 * @param data the directory for settings, exports and the crash drill
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("./data") Path data) {

	Path settings() {
		return this.data.resolve("settings").resolve("settings.json");
	}

	Path exports() {
		return this.data.resolve("exports");
	}

	Path drill() {
		return this.data.resolve("drill");
	}

}
