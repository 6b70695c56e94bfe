package io.atomicwrite.manifest;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.Sidecars;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.manifest.Manifest.Entry;

/**
 * Compares manifests with their files, and settles those of interrupted writes.
 * Thread-safe.
 */
public final class Manifests {

	private final Tools tools;

	private final Sidecars sidecars;

	/**
	 * Creates an instance.
	 * @param tools the file operations, and what names staging files
	 */
	public Manifests(Tools tools) {
		this.tools = tools;
		this.sidecars = new Sidecars(tools);
	}

	/**
	 * Returns whether a file has the text of a manifest, whatever its name.
	 * @param directory its directory
	 * @param name its name
	 * @return whether it has
	 * @throws IOException if it can't be read
	 */
	public boolean isManifest(Directory directory, String name) throws IOException {
		return ManifestFile.read(directory, name).flatMap(ManifestFile::text).isPresent();
	}

	/**
	 * Returns the file that a manifest belongs to.
	 * @param directory the directory of both
	 * @param manifest the name of the manifest
	 * @param stems the names that the file may have
	 * @return the name that the manifest has of it, empty if it is another, or there is
	 * no manifest
	 * @throws IOException if it can't be read
	 */
	public Optional<String> fileOf(Directory directory, String manifest, List<String> stems) throws IOException {
		return ManifestFile.read(directory, manifest)
			.flatMap(ManifestFile::text)
			.map(ManifestText::name)
			.filter(stems::contains);
	}

	/**
	 * Compares a manifest with its file.
	 * @param directory the directory of both
	 * @param manifest the name of the manifest
	 * @param file the name of the file
	 * @return the result; where it contradicts, the file was replaced by someone who
	 * wrote no manifest
	 * @throws IOException if one of them can't be read
	 */
	public Sidecars.Comparison compare(Directory directory, String manifest, String file) throws IOException {
		Optional<ManifestFile> found = ManifestFile.read(directory, manifest).filter((it) -> it.isOf(file));
		if (found.isEmpty()) {
			return Sidecars.Comparison.FOREIGN;
		}
		if (directory.kind(file) == null) {
			return Sidecars.Comparison.FILE_MISSING;
		}
		List<Entry> entries = found.get().entries();
		Content content = Content.of(directory, file, entries);
		if (entries.get(0).fits(content)) {
			return Sidecars.Comparison.MATCHES;
		}
		return entries.stream().anyMatch((entry) -> entry.fits(content)) ? Sidecars.Comparison.MATCHES_PREVIOUS
				: Sidecars.Comparison.CONTRADICTS;
	}

	/**
	 * Makes a manifest whose write was interrupted name the existing content alone. The
	 * directory is to be synced by the caller.
	 * @param directory the directory of both
	 * @param manifest the name of the manifest
	 * @param file the name of the file, whose content is the previous one
	 * @throws IOException if the manifest can't be replaced
	 */
	public void settle(Directory directory, String manifest, String file) throws IOException {
		Entry previous = ManifestFile.read(directory, manifest)
			.flatMap(ManifestFile::text)
			.flatMap(ManifestText::previous)
			.orElseThrow(() -> new NoSuchFileException(directory.path(manifest).toString()));
		this.sidecars.replace(directory, manifest, new ManifestText(file, previous, Optional.empty()).format());
	}

	/**
	 * Returns the manifest of a missing file that names exactly the content of a staging
	 * file.
	 * @param directory the directory of all
	 * @param file the name of the file
	 * @param staging the name of the staging file
	 * @param considered which manifests are considered
	 * @return the name of the manifest, or empty if none names it
	 * @throws IOException if one of them can't be read
	 */
	public Optional<String> announcing(Directory directory, String file, String staging, Predicate<String> considered)
			throws IOException {
		for (ManifestFile manifest : ManifestFile.of(directory, file, this.tools.companions())) {
			Entry announced = manifest.entries().get(0);
			if (considered.test(manifest.name())
					&& announced.fits(Content.of(directory, staging, List.of(announced)))) {
				return Optional.of(manifest.name());
			}
		}
		return Optional.empty();
	}

}
