package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The version that the build has put down.
 */
final class Version {

	private Version() {
	}

	static String text() throws IOException {
		Properties properties = new Properties();
		try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
			properties.load(in);
		}
		return properties.getProperty("version");
	}

}
