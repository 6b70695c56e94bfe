package io.atomicwrite.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;

/**
 * Finds the format of a file by its extension. Immutable and thread-safe.
 */
public final class Formats {

	private final Map<String, Format> byExtension = new LinkedHashMap<>();

	/**
	 * Creates a set of formats.
	 * @param formats the formats; of two with the same extension the first counts
	 */
	public Formats(List<? extends Format> formats) {
		for (Format format : formats) {
			format.extensions().forEach((extension) -> this.byExtension.putIfAbsent(extension, format));
		}
	}

	/**
	 * Finds the formats on the class path: those that a file
	 * {@code META-INF/services/io.atomicwrite.format.Format} names, as that of this
	 * library names JSON, YAML, TOML and properties. One whose own libraries are missing
	 * is left out. Reads the class path anew each time.
	 * @return the formats, in the order of the class path
	 * @throws ServiceConfigurationError if a named format can't be created though its
	 * libraries are there
	 */
	public static List<Format> detected() {
		List<Format> found = new ArrayList<>();
		Iterator<Format> providers = ServiceLoader.load(Format.class, Format.class.getClassLoader()).iterator();
		while (true) {
			try {
				if (!providers.hasNext()) {
					return List.copyOf(found);
				}
				found.add(providers.next());
			}
			catch (ServiceConfigurationError | LinkageError ex) {
				requireMissingLibrary(ex);
			}
		}
	}

	private static void requireMissingLibrary(Error failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof NoClassDefFoundError) {
				return;
			}
		}
		throw failure;
	}

	/**
	 * Returns the format of a file.
	 * @param file the file
	 * @return its format
	 * @throws FormatException if no format has the extension; names the libraries that
	 * are missing for one of the built-in formats
	 */
	public Format of(Path file) {
		Path last = file.getFileName();
		String name = (last != null) ? last.toString() : "";
		String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		Format format = this.byExtension.get(extension);
		if (format == null) {
			throw new FormatException(file, null, Problem.of(missing(extension), Remedy.ADD_FORMAT), null);
		}
		return format;
	}

	private String missing(String extension) {
		List<String> libraries = FormatLibrary.missing(extension);
		return libraries.isEmpty() ? "no format for the extension '" + extension + "', known are " + extensions()
				: "the format of the extension '" + extension + "' needs " + String.join(" and ", libraries)
						+ " on the class path";
	}

	/**
	 * Returns the extensions that have a format.
	 * @return the extensions in lower case without the dot
	 */
	public Set<String> extensions() {
		return Collections.unmodifiableSet(this.byExtension.keySet());
	}

}
