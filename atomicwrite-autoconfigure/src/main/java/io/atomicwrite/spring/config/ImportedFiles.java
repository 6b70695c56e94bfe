package io.atomicwrite.spring.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that an application imports with {@code atomicfile:}. Thread-safe.
 */
public final class ImportedFiles {

	/** The name of the bean, registered when the environment is ready. */
	static final String BEAN = "atomicwriteImportedFiles";

	private final Map<AtomicFileConfigDataResource, ImportedFile> files = new LinkedHashMap<>();

	/**
	 * Creates an instance without files.
	 */
	public ImportedFiles() {
	}

	/** What is loaded a second time, by a refresh of others, is known already. */
	synchronized void add(ImportedFile file) {
		this.files.putIfAbsent(file.resource(), file);
	}

	/**
	 * Returns all files.
	 * @return the files in the order in which they were imported
	 */
	public synchronized List<ImportedFile> all() {
		return List.copyOf(this.files.values());
	}

}
