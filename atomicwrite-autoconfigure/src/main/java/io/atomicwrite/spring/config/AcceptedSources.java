package io.atomicwrite.spring.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * What refreshes have accepted. While Spring Cloud loads all config data anew in the
 * thread of a refresh, none of these files is read a second time: it may have changed
 * since, and may be invalid or half-written.
 *
 * @param files the files
 */
record AcceptedSources(List<ImportedFile> files) {

	private static final ThreadLocal<@Nullable AcceptedSources> CURRENT = new ThreadLocal<>();

	/** Of all files, as one of them has been read already. */
	static AcceptedSources ofAll(ImportedFiles files) {
		return new AcceptedSources(files.all());
	}

	/** Of those files alone that are read once they have settled. */
	static AcceptedSources ofWatched(ImportedFiles files) {
		return new AcceptedSources(files.all().stream().filter(ImportedFile::isWatched).toList());
	}

	/** Returns what was accepted, or {@code null} if the file is to be read. */
	static @Nullable List<PropertySource<?>> of(AtomicFileConfigDataResource resource) {
		AcceptedSources accepted = CURRENT.get();
		if (accepted != null) {
			for (ImportedFile file : accepted.files) {
				if (file.resource().equals(resource)) {
					return file.sources();
				}
			}
		}
		return null;
	}

	/**
	 * Does something in whose course the loader returns these sources, or those of the
	 * call around it.
	 */
	void during(Runnable action) {
		AcceptedSources outer = CURRENT.get();
		CURRENT.set((outer != null) ? outer : this);
		try {
			action.run();
		}
		finally {
			CURRENT.set(outer);
		}
	}

}
