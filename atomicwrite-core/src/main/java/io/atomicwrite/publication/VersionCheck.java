package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;

/**
 * Holds a version against its manifest: each file, and that there are no others. For one
 * thread.
 */
final class VersionCheck {

	private final FileOps files;

	private final Path path;

	private final List<String> problems = new ArrayList<>();

	private final Map<String, VersionManifest.Entry> expected = new HashMap<>();

	VersionCheck(FileOps files, Path path) {
		this.files = files;
		this.path = path;
	}

	VersionReport run() throws IOException {
		String version = this.path.getFileName().toString();
		byte[] json;
		try (InputStream in = this.files.openRead(this.path.resolve(VersionNames.MANIFEST))) {
			json = in.readAllBytes();
		}
		Optional<VersionManifest> parsed = VersionManifest.parse(json);
		if (parsed.isEmpty()) {
			return new VersionReport(version, 0, 0, List.of(VersionNames.MANIFEST + ": is no manifest"));
		}
		VersionManifest manifest = parsed.get();
		if (!manifest.version().equals(version)) {
			this.problems.add(VersionNames.MANIFEST + ": is that of version " + manifest.version());
		}
		manifest.files().forEach((file) -> this.expected.put(file.path(), file));
		sums(manifest.sums(json));
		manifest.links().forEach(this::link);
		manifest.directories().forEach(this::directory);
		try (Directory directory = this.files.open(this.path)) {
			walk(directory, "", manifest);
		}
		this.expected.keySet().forEach((missing) -> this.problems.add(missing + ": is missing"));
		return new VersionReport(version, manifest.files().size(), manifest.size(), this.problems);
	}

	private void sums(byte[] wanted) {
		try (InputStream in = this.files.openRead(this.path.resolve(VersionNames.SUMS))) {
			if (!Arrays.equals(in.readAllBytes(), wanted)) {
				this.problems.add(VersionNames.SUMS + ": does not fit the manifest");
			}
		}
		catch (IOException ex) {
			this.problems.add(VersionNames.SUMS + ": " + IoErrors.text(ex));
		}
	}

	private void link(String link, String target) {
		try {
			if (!this.files.readLink(this.path.resolve(link)).toString().equals(target)) {
				this.problems.add(link + ": leads elsewhere");
			}
		}
		catch (IOException ex) {
			this.problems.add(link + ": " + IoErrors.text(ex));
		}
	}

	private void directory(String name) {
		try {
			if (this.files.kind(this.path.resolve(name)) != FileStat.Kind.DIRECTORY) {
				this.problems.add(name + ": is missing");
			}
		}
		catch (IOException ex) {
			this.problems.add(name + ": " + IoErrors.text(ex));
		}
	}

	private void walk(Directory directory, String prefix, VersionManifest manifest) throws IOException {
		for (String name : directory.names()) {
			String relative = prefix + name;
			FileStat.Kind kind = directory.kind(name);
			if (kind == FileStat.Kind.DIRECTORY) {
				try (Directory below = directory.open(name)) {
					walk(below, relative + "/", manifest);
				}
			}
			else if (kind == FileStat.Kind.LINK) {
				if (!manifest.links().containsKey(relative)) {
					this.problems.add(relative + ": does not belong to the version");
				}
			}
			else {
				file(directory, name, relative);
			}
		}
	}

	private void file(Directory directory, String name, String relative) throws IOException {
		VersionManifest.Entry entry = this.expected.remove(relative);
		if (entry == null) {
			if (!relative.equals(VersionNames.MANIFEST) && !relative.equals(VersionNames.SUMS)) {
				this.problems.add(relative + ": does not belong to the version");
			}
			return;
		}
		try (InputStream in = directory.openRead(name)) {
			if (directory.size(name) != entry.size()
					|| !Checksum.of(entry.checksum().algorithm(), in).equals(entry.checksum())) {
				this.problems.add(relative + ": does not have the content that was published");
			}
		}
	}

}
