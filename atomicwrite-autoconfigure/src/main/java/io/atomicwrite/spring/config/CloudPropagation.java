package io.atomicwrite.spring.config;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets Spring Cloud load all config data anew, which binds the
 * {@code @ConfigurationProperties} beans again and refreshes the beans in its scope. Of
 * the imported files it gets what was accepted.
 */
final class CloudPropagation implements RefreshPropagation {

	private static final Log logger = LogFactory.getLog(CloudPropagation.class);

	private final ImportedFiles files;

	private final ConfigImports.CloudRefresh refresher;

	CloudPropagation(ImportedFiles files, ConfigImports.CloudRefresh refresher) {
		this.files = files;
		this.refresher = refresher;
	}

	@Override
	public void propagate(ImportedFile file, Runnable replacement) {
		try {
			AcceptedSources.ofAll(this.files).during(this.refresher::refresh);
		}
		catch (RuntimeException ex) {
			logger.warn("The refresh of Spring Cloud after a change of " + file.file()
					+ " failed; its properties were replaced all the same", ex);
		}
		// it replaces by name, and so leaves documents that the file no longer has
		replacement.run();
	}

}
