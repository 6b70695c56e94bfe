package io.atomicwrite.guarantee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The known properties of each filesystem type. The page
 * {@code docs/reference/filesystem-matrix.md} is generated from it.
 */
final class FilesystemMatrix {

	private static final List<FilesystemProfile> ROWS = rows();

	private static final Map<String, FilesystemProfile> BY_TYPE = byType();

	private FilesystemMatrix() {
	}

	private static List<FilesystemProfile> rows() {
		List<FilesystemProfile> rows = new ArrayList<>(LocalFilesystems.rows());
		rows.addAll(OtherFilesystems.rows());
		return List.copyOf(rows);
	}

	private static Map<String, FilesystemProfile> byType() {
		Map<String, FilesystemProfile> byType = new HashMap<>();
		for (FilesystemProfile row : ROWS) {
			for (String type : row.types()) {
				if (byType.put(type, row) != null) {
					throw new IllegalStateException(type + " is in two rows");
				}
			}
		}
		return byType;
	}

	/** Returns all rows except the fallbacks for unknown types. */
	static List<FilesystemProfile> all() {
		return ROWS;
	}

	static FilesystemProfile of(String type) {
		String key = type.toLowerCase(Locale.ROOT);
		FilesystemProfile known = BY_TYPE.get(key);
		if (known != null) {
			return known;
		}
		return key.startsWith("fuse") ? OtherFilesystems.UNKNOWN_FUSE : OtherFilesystems.UNKNOWN_TYPE;
	}

}
