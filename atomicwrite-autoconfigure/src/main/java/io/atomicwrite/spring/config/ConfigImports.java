package io.atomicwrite.spring.config;

import java.time.InstantSource;
import java.util.function.Consumer;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;

/**
 * Builds what an application needs to use imported files.
 */
public final class ConfigImports {

	private final ConfigurableApplicationContext context;

	private final ImportedFiles files;

	private final PropertyBinder.Factory binders;

	/**
	 * Creates an instance.
	 * @param context the application
	 * @param files the files that it imports
	 */
	public ConfigImports(ConfigurableApplicationContext context, ImportedFiles files) {
		this.context = context;
		this.files = files;
		this.binders = new PropertyBinder.Factory(context);
	}

	/**
	 * Returns what binds properties.
	 * @return the bindings, without any yet
	 */
	public PropertyBindings bindings() {
		return new PropertyBindings(this.binders);
	}

	/**
	 * Returns what watches the files.
	 * @param operations the file operations
	 * @param clock the clock for the times of changes
	 * @param bindings what is bound anew
	 * @param cloud the refresh of Spring Cloud, {@code null} without it
	 * @return the watch, not started
	 */
	public ImportWatch watch(FileOps operations, InstantSource clock, PropertyBindings bindings,
			@Nullable CloudRefresh cloud) {
		RefreshPropagation propagation = (cloud != null) ? new CloudPropagation(this.files, cloud)
				: RefreshPropagation.NONE;
		Consumer<MutablePropertySources> trial = (cloud != null) ? new ConfigurationBeans(this.context, this.binders)
				: (sources) -> {
				};
		return new ImportWatch(operations, this.files,
				new ConfigRefresh(this.context, bindings, new ImportReader(operations), clock, propagation, trial));
	}

	/**
	 * The refresh of Spring Cloud.
	 */
	@FunctionalInterface
	public interface CloudRefresh {

		/**
		 * Loads all config data anew, and refreshes the beans that depend on it.
		 */
		void refresh();

	}

}
