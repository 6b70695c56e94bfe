package io.atomicwrite.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;

/**
 * A file with the name of a manifest.
 *
 * @param name its name
 * @param content its bytes, not more than a manifest may have and one
 * @param text what it says, empty if it is no manifest
 */
record ManifestFile(String name, byte[] content, Optional<ManifestText> text) {

	/** The names that the manifest of a file may have, that of the spelling first. */
	static List<String> names(Directory directory, String file, CompanionNames spelling) throws IOException {
		String own = name(directory, file, spelling);
		String other = name(directory, file, spelling.other());
		return own.equals(other) ? List.of(own) : List.of(own, other);
	}

	static String name(Directory directory, String file, CompanionNames spelling) throws IOException {
		return ArtifactNames.manifest(spelling, file, NameLimit.of(directory, file));
	}

	/** The manifests that a file has. */
	static List<ManifestFile> of(Directory directory, String file, CompanionNames spelling) throws IOException {
		List<ManifestFile> found = new ArrayList<>(1);
		for (String name : names(directory, file, spelling)) {
			read(directory, name).filter((manifest) -> manifest.isOf(file)).ifPresent(found::add);
		}
		return found;
	}

	static Optional<ManifestFile> read(Directory directory, String name) throws IOException {
		if (directory.kind(name) != FileStat.Kind.REGULAR) {
			return Optional.empty();
		}
		try (InputStream in = directory.openRead(name)) {
			byte[] content = in.readNBytes(ManifestText.LIMIT + 1);
			return Optional.of(new ManifestFile(name, content, ManifestText.parse(content)));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/** Whether it is the manifest of a file, and of no other. */
	boolean isOf(String file) {
		return this.text.filter((found) -> found.name().equals(file)).isPresent();
	}

	List<Manifest.Entry> entries() {
		return this.text.map(ManifestText::entries).orElse(List.of());
	}

	static void delete(Directory directory, String name) throws IOException {
		try {
			directory.delete(name);
		}
		catch (NoSuchFileException ex) {
			// gone is gone
		}
	}

}
