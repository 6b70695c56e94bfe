package io.atomicwrite.spring.publication;

import java.nio.file.Path;
import java.util.Objects;

import io.atomicwrite.publication.PublishOptions;

/**
 * Where a publication is, and how its versions are published. Immutable.
 *
 * @param path the absolute path of the directory of its versions
 * @param options how they are published
 */
public record PublicationSettings(Path path, PublishOptions options) {

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if the path is relative or that of a root
	 */
	public PublicationSettings {
		if (!path.isAbsolute() || path.getFileName() == null) {
			throw new IllegalArgumentException(path + " can't be the directory of a publication");
		}
	}

	Path parent() {
		return Objects.requireNonNull(this.path.getParent());
	}

	String fileName() {
		return String.valueOf(this.path.getFileName());
	}

}
