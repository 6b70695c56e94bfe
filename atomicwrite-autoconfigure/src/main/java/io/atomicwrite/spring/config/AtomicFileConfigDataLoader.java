package io.atomicwrite.spring.config;

import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.config.ImportLoading.Loaded;
import org.apache.commons.logging.Log;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.PropertySource;

/**
 * Loads the files that are imported with {@code atomicfile:}, and makes them known to the
 * application context, whose beans watch them and report their health.
 */
final class AtomicFileConfigDataLoader implements ConfigDataLoader<AtomicFileConfigDataResource> {

	private final Log logger;

	AtomicFileConfigDataLoader(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(AtomicFileConfigDataLoader.class);
	}

	@Override
	public ConfigData load(ConfigDataLoaderContext context, AtomicFileConfigDataResource resource) {
		List<PropertySource<?>> accepted = AcceptedSources.of(resource);
		if (accepted != null) {
			return new ConfigData(accepted);
		}
		Loaded loaded = loadOrMissing(resource);
		files(context.getBootstrapContext()).add(new ImportedFile(resource, loaded, Instant.now()));
		return new ConfigData(anchored(resource, loaded.sources()));
	}

	private Loaded loadOrMissing(AtomicFileConfigDataResource resource) {
		try {
			// made here: every application has this loader, and few import a file
			ImportLoading loading = new ImportLoading(new ImportReader(FileOps.system()));
			Loaded loaded = ImportWait.load(loading, resource);
			if (loaded.problem() != null && loaded.made() != null) {
				this.logger.warn("The config file " + resource.file() + " " + loaded.problem().text()
						+ ". The application starts with its last good version, " + loaded.source() + ", "
						+ ImportFailure.age(loaded.made()) + " old. Correct or restore the file; to refuse the start "
						+ "instead, set 'atomicwrite.config-import.when-corrupt' to fail.");
			}
			return loaded;
		}
		catch (NoSuchFileException ex) {
			if (!resource.isMissingAllowed()) {
				throw new ConfigDataResourceNotFoundException(resource);
			}
			return Loaded.missing(resource);
		}
	}

	private static ImportedFiles files(ConfigurableBootstrapContext context) {
		if (!context.isRegistered(ImportedFiles.class)) {
			context.register(ImportedFiles.class, InstanceSupplier.of(new ImportedFiles()));
			context.addCloseListener((event) -> event.getApplicationContext()
				.getBeanFactory()
				.registerSingleton(ImportedFiles.BEAN, files(event.getBootstrapContext())));
		}
		return files((BootstrapContext) context);
	}

	private static ImportedFiles files(BootstrapContext context) {
		return Objects.requireNonNull(context.get(ImportedFiles.class));
	}

	/**
	 * Keeps the place of a file in the environment where no document of it is active for
	 * sure, so that a refresh can put one there.
	 */
	static List<PropertySource<?>> anchored(AtomicFileConfigDataResource resource, List<PropertySource<?>> sources) {
		if (sources.stream().anyMatch((source) -> !Activation.isConditional(source))) {
			return sources;
		}
		List<PropertySource<?>> anchored = new ArrayList<>();
		anchored.add(new OriginTrackedMapPropertySource(resource.description(), Map.of(), true));
		anchored.addAll(sources);
		return anchored;
	}

}
