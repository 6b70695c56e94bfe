package io.atomicwrite.format;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;

/**
 * Finds the format of a file by its extension.
 */
public final class Formats {

	private final Map<String, Format> byExtension = new LinkedHashMap<>();

	/**
	 * Creates a set of formats.
	 * @param formats the formats; of two with the same extension the first counts
	 */
	public Formats(List<Format> formats) {
		for (Format format : formats) {
			format.extensions().forEach((extension) -> this.byExtension.putIfAbsent(extension, format));
		}
	}

	/**
	 * Returns the format of a file.
	 * @param file the file
	 * @return its format
	 * @throws FormatException if no format has the extension
	 */
	public Format of(Path file) {
		Path last = file.getFileName();
		String name = (last != null) ? last.toString() : "";
		String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		Format format = this.byExtension.get(extension);
		if (format == null) {
			throw new FormatException(file, null,
					Problem.of(
							"no format for the extension '" + extension + "', known are " + this.byExtension.keySet(),
							Remedy.ADD_FORMAT),
					null);
		}
		return format;
	}

}
