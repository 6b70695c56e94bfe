package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import org.jspecify.annotations.Nullable;

/**
 * The managed directories by name. Does no I/O, so it can be used for telemetry in the
 * middle of a write. Thread-safe.
 */
public final class ManagedDirectories {

	/**
	 * The name reserved for all directories that are not managed.
	 */
	public static final String OTHER = "other";

	private final Map<String, ManagedDirectory> byName = new LinkedHashMap<>();

	private final Map<String, Path> canonical = new ConcurrentHashMap<>();

	private final Map<String, Map<Guarantee, GuaranteeLevel>> required;

	private volatile Names names;

	/**
	 * Creates the directories.
	 * @param paths their paths by name
	 */
	public ManagedDirectories(Map<String, Path> paths) {
		this(paths, Map.of());
	}

	/**
	 * Creates the directories with what they require.
	 * @param paths their paths by name
	 * @param required the level of each guarantee that a directory requires, by its name
	 */
	public ManagedDirectories(Map<String, Path> paths, Map<String, Map<Guarantee, GuaranteeLevel>> required) {
		this.required = Map.copyOf(required);
		paths.forEach(
				(name, path) -> this.byName.put(name, new ManagedDirectory(name, path.toAbsolutePath().normalize())));
		this.names = names();
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
	 * Returns the path of a directory, to name a file in it:
	 * {@code directories.path("settings").resolve("app.json")}.
	 * @param name the name of the directory
	 * @return its absolute path
	 * @throws DirectoryNotConfiguredException if there is no directory of that name; the
	 * message lists the names
	 */
	public Path path(String name) {
		ManagedDirectory directory = this.byName.get(name);
		if (directory == null) {
			throw DirectoryNotConfiguredException.unknown(name, this.byName.keySet());
		}
		return directory.path();
	}

	/**
	 * Remembers the canonical path of a directory, which targets are compared with from
	 * then on.
	 * @param directory the directory
	 * @param realPath its canonical path
	 */
	public synchronized void resolved(ManagedDirectory directory, Path realPath) {
		if (!realPath.equals(this.canonical.put(directory.name(), realPath))) {
			this.names = names();
		}
	}

	/**
	 * Returns what a directory requires of the writes in it, beside what every write
	 * requires.
	 * @param name its name
	 * @return the level of each guarantee, empty for {@link #OTHER}
	 */
	public Map<Guarantee, GuaranteeLevel> required(String name) {
		return this.required.getOrDefault(name, Map.of());
	}

	/**
	 * Returns the name of the innermost managed directory that contains a target. A
	 * target that is reached through a link is recognised once the directory was
	 * resolved, as every inspection does. The time does not depend on the number of
	 * directories.
	 * @param target an absolute path
	 * @return the name, or {@link #OTHER}
	 */
	public String nameOf(Path target) {
		return this.names.of(target);
	}

	/** Of two directories with one path the first of the configuration counts. */
	private Names names() {
		Map<Path, String> byPath = new HashMap<>();
		for (ManagedDirectory directory : this.byName.values()) {
			byPath.putIfAbsent(directory.path(), directory.name());
			Path real = this.canonical.get(directory.name());
			if (real != null) {
				byPath.putIfAbsent(real, directory.name());
			}
		}
		return new Names(byPath, new ConcurrentHashMap<>());
	}

	/**
	 * The names of directories by their paths.
	 *
	 * @param byPath the names of the directories
	 * @param known the names for targets that were asked for, which is asked again with
	 * each event of a write
	 */
	private record Names(Map<Path, String> byPath, Map<Path, String> known) {

		private static final int MOST_KNOWN = 1000;

		String of(Path target) {
			String name = this.known.get(target);
			if (name == null) {
				name = find(target);
				if (this.known.size() >= MOST_KNOWN) {
					this.known.clear();
				}
				this.known.put(target, name);
			}
			return name;
		}

		private String find(Path target) {
			for (Path next = target.normalize(); next != null; next = next.getParent()) {
				String name = this.byPath.get(next);
				if (name != null) {
					return name;
				}
			}
			return OTHER;
		}

	}

}
