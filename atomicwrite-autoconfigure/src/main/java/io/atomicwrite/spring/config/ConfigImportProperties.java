package io.atomicwrite.spring.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;

/**
 * Properties of configuration files that are imported with {@code atomicfile:}. They are
 * read while the environment is prepared, so they must be known before the file is: from
 * the command line, the environment, or the file that has the import.
 *
 * @param whenCorrupt What happens if an imported file is corrupt or malformed when the
 * application starts.
 * @param verify Whether an imported file is verified by its checksum.
 * @param refresh Whether an imported file is watched and its properties are replaced when
 * it changes.
 */
@ConfigurationProperties("atomicwrite.config-import")
@Lazy
public record ConfigImportProperties(@DefaultValue("last-good") WhenCorrupt whenCorrupt,
		@DefaultValue("if-present") Verify verify, @DefaultValue("auto") Refresh refresh) {

	/**
	 * What happens if an imported file is corrupt or malformed when the application
	 * starts.
	 */
	public enum WhenCorrupt {

		/**
		 * Start with the last good version of the file; fail if there is none.
		 */
		LAST_GOOD,

		/**
		 * Fail.
		 */
		FAIL

	}

	/**
	 * Whether an imported file is verified by its checksum.
	 */
	public enum Verify {

		/**
		 * If it has a checksum.
		 */
		IF_PRESENT,

		/**
		 * Always; a file without a checksum is refused.
		 */
		REQUIRED,

		/**
		 * Never.
		 */
		OFF

	}

	/**
	 * Whether an imported file is watched.
	 */
	public enum Refresh {

		/**
		 * It is watched, and its properties are replaced once its new content is valid.
		 */
		AUTO,

		/**
		 * It is read once.
		 */
		OFF

	}

}
