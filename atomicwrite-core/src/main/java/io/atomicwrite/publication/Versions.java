package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * What the directory of a publication has.
 */
final class Versions {

	/** A pointer file that is longer is none of ours. */
	private static final int LONGEST_POINTER = 1024;

	private Versions() {
	}

	/** Returns the version that {@code latest} names, empty if there is none. */
	static Optional<String> latest(Directory root) throws IOException {
		FileStat.Kind kind = root.kind(VersionNames.LATEST);
		try {
			if (kind == FileStat.Kind.LINK) {
				Path target = root.readLink(VersionNames.LATEST);
				return checked(root, target.toString());
			}
			if (kind == FileStat.Kind.REGULAR) {
				try (InputStream in = root.openRead(VersionNames.LATEST)) {
					return checked(root, new String(in.readNBytes(LONGEST_POINTER), StandardCharsets.UTF_8).strip());
				}
			}
			if (kind == FileStat.Kind.DIRECTORY) {
				return checked(root, PlainDirectory.version(root, VersionNames.LATEST).orElse(""));
			}
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (NotLinkException ex) {
			// replaced by a file meanwhile
			return latest(root);
		}
		return Optional.empty();
	}

	private static Optional<String> checked(Directory root, String name) throws IOException {
		if (!VersionNames.isVersion(name)) {
			throw new IOException(root.path(VersionNames.LATEST) + " names no version of this directory");
		}
		return Optional.of(name);
	}

	static PointerKind pointer(Directory root) throws IOException {
		FileStat.Kind kind = root.kind(VersionNames.LATEST);
		if (kind == FileStat.Kind.DIRECTORY) {
			return PointerKind.DIRECTORY;
		}
		return (kind == FileStat.Kind.REGULAR) ? PointerKind.FILE : PointerKind.LINK;
	}

	static boolean isFinished(Directory root, String version) throws IOException {
		return published(root, version) != null;
	}

	private static @Nullable FileStat published(Directory root, String version) throws IOException {
		if (root.kind(version) != FileStat.Kind.DIRECTORY) {
			return null;
		}
		try (Directory directory = root.open(version)) {
			FileStat manifest = directory.stat(VersionNames.MANIFEST);
			return (manifest != null && manifest.isRegular()) ? manifest : null;
		}
		catch (NoSuchFileException ex) {
			// swept meanwhile
			return null;
		}
	}

	/** Returns the versions that are whole, the oldest first. */
	static List<PublishedVersion> list(Directory root) throws IOException {
		Optional<String> latest = latest(root);
		List<PublishedVersion> versions = new ArrayList<>();
		for (String name : root.names()) {
			FileStat manifest = VersionNames.isVersion(name) ? published(root, name) : null;
			if (manifest != null) {
				versions.add(new PublishedVersion(name, root.path(name), manifest.modified(),
						latest.equals(Optional.of(name))));
			}
		}
		versions.sort(Comparator.comparing(PublishedVersion::published).thenComparing(PublishedVersion::name));
		return versions;
	}

}
