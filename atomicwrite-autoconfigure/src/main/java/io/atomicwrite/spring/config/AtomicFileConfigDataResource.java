package io.atomicwrite.spring.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.origin.Origin;

/**
 * A configuration file that is imported with {@code atomicfile:}. Two are equal if they
 * have the same path.
 */
final class AtomicFileConfigDataResource extends ConfigDataResource {

	private final Path file;

	private final String name;

	private final boolean missingAllowed;

	private final Place place;

	private final ImportSettings settings;

	AtomicFileConfigDataResource(Path configured, Place place, boolean optional, ImportSettings settings) {
		super(optional);
		this.file = configured.toAbsolutePath().normalize();
		this.name = configured.normalize().toString();
		this.missingAllowed = optional;
		this.place = place;
		this.settings = settings;
	}

	private AtomicFileConfigDataResource(AtomicFileConfigDataResource other, ImportSettings settings) {
		super(other.missingAllowed);
		this.file = other.file;
		this.name = other.name;
		this.missingAllowed = other.missingAllowed;
		this.place = other.place;
		this.settings = settings;
	}

	/** The same file, verified otherwise. */
	AtomicFileConfigDataResource with(ConfigImportProperties.Verify verify) {
		return new AtomicFileConfigDataResource(this, this.settings.with(verify));
	}

	/** The absolute path, links not followed. */
	Path file() {
		return this.file;
	}

	/**
	 * The description of what is read from the file, which is in the origin of each
	 * property, and the name of its property source. A refresh finds the source by it.
	 */
	String description() {
		return "atomicfile [" + this.name + "]";
	}

	boolean isMissingAllowed() {
		return this.missingAllowed;
	}

	Place place() {
		return this.place;
	}

	ImportSettings settings() {
		return this.settings;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AtomicFileConfigDataResource that && this.file.equals(that.file);
	}

	@Override
	public int hashCode() {
		return this.file.hashCode();
	}

	@Override
	public String toString() {
		return description() + " (" + this.file + ")";
	}

	/**
	 * Where the import stands.
	 *
	 * @param location the location that is imported
	 * @param origin the file, line and column of the import
	 */
	record Place(String location, @Nullable Origin origin) {

		@Override
		public String toString() {
			return "'" + this.location + "'" + ((this.origin != null) ? " from " + this.origin : "");
		}

	}

}
