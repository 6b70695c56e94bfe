package io.atomicwrite.spring.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.spring.AtomicFileChangedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Replaces the properties of an imported file by those of its new content, once that is
 * verified, parsed, bound and valid. Content that is not changes nothing. One content is
 * handled at a time.
 */
final class ConfigRefresh {

	private static final Log logger = LogFactory.getLog(ConfigRefresh.class);

	private final ConfigurableApplicationContext context;

	private final PropertyBindings bindings;

	private final ImportReader reader;

	private final InstantSource clock;

	private final RefreshPropagation propagation;

	private final Consumer<MutablePropertySources> trial;

	ConfigRefresh(ConfigurableApplicationContext context, PropertyBindings bindings, ImportReader reader,
			InstantSource clock, RefreshPropagation propagation, Consumer<MutablePropertySources> trial) {
		this.context = context;
		this.bindings = bindings;
		this.reader = reader;
		this.clock = clock;
		this.propagation = propagation;
		this.trial = trial;
	}

	/** The file is missing: the properties stay, as it may be about to be replaced. */
	synchronized void missing(ImportedFile file) {
		if (file.status() != ImportStatus.MISSING) {
			logger.warn("The config file " + file.file() + " is missing; its properties stay as they are");
			file.missing(this.clock.instant());
		}
	}

	/** The file can't be used. */
	synchronized void rejected(ImportedFile file, ImportProblem problem, byte[] content) {
		if (file.rejected(problem, content, this.clock.instant())) {
			logger.warn("The config file " + file.file() + " can't be used, and its properties stay as they are: "
					+ problem.text());
		}
	}

	/** The file has settled content. */
	synchronized void changed(ImportedFile file, byte[] content) {
		AtomicFileConfigDataResource resource = file.resource();
		try {
			if (!isAttested(resource, content)) {
				// it has been replaced, and is seen again
				return;
			}
			if (file.hasContent(content)) {
				file.accepted(content, file.sources(), this.clock.instant());
				return;
			}
			List<PropertySource<?>> parsed = AtomicFileConfigDataLoader.anchored(resource,
					ConfigFileFormat.parse(resource, content));
			accept(file, content, parsed);
		}
		catch (MalformedContentException ex) {
			rejected(file, ImportProblem.malformed(ex), content);
		}
		catch (BindException ex) {
			rejected(file, BindProblem.of(ex, resource.description()), content);
		}
		catch (AtomicWriteException ex) {
			rejected(file, ImportProblem.corrupt(ex), content);
		}
		catch (NoSuchFileException ex) {
			// it is gone, which is seen too
		}
		catch (IOException ex) {
			rejected(file, ImportProblem.unreadable("can't be verified"), content);
		}
	}

	/** A writer that replaces file and checksum meanwhile is no damage. */
	private boolean isAttested(AtomicFileConfigDataResource resource, byte[] content) throws IOException {
		return resource.settings().properties().verify() == ConfigImportProperties.Verify.OFF
				|| Arrays.equals(this.reader.read(resource.file(), resource.settings()), content);
	}

	private void accept(ImportedFile file, byte[] content, List<PropertySource<?>> parsed) {
		ConfigurableEnvironment environment = this.context.getEnvironment();
		EnvironmentSources place = new EnvironmentSources(file.resource().description());
		List<PropertySource<?>> active = EnvironmentSources.active(parsed, environment);
		MutablePropertySources candidate = EnvironmentSources.copy(environment);
		place.replace(candidate, active);
		this.trial.accept(candidate);
		Runnable exchange = this.bindings.rebound(candidate);
		Version before = file.version();
		file.accepted(content, parsed, this.clock.instant());
		this.propagation.propagate(file, () -> place.replace(environment.getPropertySources(), active));
		exchange.run();
		logger.info("The config file " + file.file() + " has changed; its properties were replaced");
		this.context.publishEvent(new AtomicFileChangedEvent(file.file(), "", before, Version.of(content)));
	}

}
