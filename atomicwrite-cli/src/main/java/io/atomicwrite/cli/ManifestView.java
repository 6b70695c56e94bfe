package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.fs.FileStat;
import io.atomicwrite.manifest.Manifest;

/**
 * The manifest of a file as it is printed.
 *
 * @param found the manifest, if the file has one
 */
record ManifestView(Optional<Manifest> found) {

	/** Reads that of a path, which may lead to a directory or nowhere. */
	static Optional<ManifestView> of(Engine engine, Path path) throws IOException {
		try {
			Path file = engine.files().canonical(path);
			return (engine.files().kind(file) == FileStat.Kind.REGULAR)
					? Optional.of(new ManifestView(engine.template().manifest(file))) : Optional.empty();
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	Map<String, Object> json() {
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("state", this.found.map((manifest) -> word(manifest.state())).orElse("none"));
		this.found.ifPresent((manifest) -> object.put("location", manifest.location()));
		this.found.flatMap(Manifest::entry).ifPresent((entry) -> {
			entry.source().ifPresent((source) -> object.put("source", source));
			entry.run().ifPresent((run) -> object.put("run", run));
			object.put("time", entry.time());
			object.put("size", entry.size());
			object.put("digest", "sha256:" + entry.checksum().hex());
			object.put("entries", entry.entries());
		});
		return object;
	}

	private static String word(Manifest.State state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

	String text() {
		if (this.found.isEmpty()) {
			return "no manifest";
		}
		String manifest = "manifest " + this.found.get().location().getFileName();
		return this.found.get().entry().map((entry) -> {
			List<String> words = new ArrayList<>();
			entry.run().ifPresent((run) -> words.add("run " + Json.of(run)));
			entry.source().ifPresent((source) -> words.add("source " + Json.of(source)));
			words.add("time " + entry.time());
			return manifest + " fits the file: " + String.join(", ", words);
		}).orElse(manifest + " does not fit: someone who wrote no manifest has replaced the file");
	}

}
