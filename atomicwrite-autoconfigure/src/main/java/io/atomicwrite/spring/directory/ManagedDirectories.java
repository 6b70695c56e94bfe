package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The managed directories by name. Its only file access is resolving symbolic links.
 * Thread-safe.
 */
public final class ManagedDirectories {

	/**
	 * The name reserved for all directories that are not managed.
	 */
	public static final String OTHER = "other";

	private final Map<String, ManagedDirectory> byName = new LinkedHashMap<>();

	private final Map<String, Path> canonical = new ConcurrentHashMap<>();

	/**
	 * Creates the directories.
	 * @param paths their paths by name
	 */
	public ManagedDirectories(Map<String, Path> paths) {
		paths.forEach(
				(name, path) -> this.byName.put(name, new ManagedDirectory(name, path.toAbsolutePath().normalize())));
	}

	/**
	 * Returns all directories in the order of the configuration.
	 * @return the directories
	 */
	public Collection<ManagedDirectory> all() {
		return Collections.unmodifiableCollection(this.byName.values());
	}

	/**
	 * Returns a directory.
	 * @param name its name
	 * @return the directory, or {@code null} if there is no directory of that name
	 */
	public @Nullable ManagedDirectory get(String name) {
		return this.byName.get(name);
	}

	/**
	 * Returns the name of the innermost managed directory that contains a target.
	 * @param target an absolute path
	 * @return the name, or {@link #OTHER}
	 */
	public String nameOf(Path target) {
		Path normalized = target.normalize();
		String found = OTHER;
		int depth = -1;
		for (ManagedDirectory directory : this.byName.values()) {
			int names = depthWithin(directory, normalized);
			if (names > depth) {
				depth = names;
				found = directory.name();
			}
		}
		return found;
	}

	private int depthWithin(ManagedDirectory directory, Path target) {
		if (target.startsWith(directory.path())) {
			return directory.path().getNameCount();
		}
		Path real = canonical(directory);
		return (real != null && target.startsWith(real)) ? real.getNameCount() : -1;
	}

	/** Returns the canonical path, which is cached once the directory exists. */
	private @Nullable Path canonical(ManagedDirectory directory) {
		Path known = this.canonical.get(directory.name());
		if (known != null) {
			return known;
		}
		try {
			Path real = directory.path().toRealPath();
			this.canonical.put(directory.name(), real);
			return real;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
