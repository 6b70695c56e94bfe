package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.manifest.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * The list of what a version has. Immutable.
 *
 * @param name the name of the publication
 * @param version the name of the version
 * @param time when its content was made
 * @param stamp where the content comes from
 * @param files its files
 * @param links its symbolic links: what each holds, by its path
 * @param directories its directories that have no file
 */
record VersionManifest(String name, String version, Instant time, Stamp stamp, List<Entry> files,
		Map<String, String> links, List<String> directories) {

	private static final int LIMIT = 1 << 30;

	private static final int DEPTH = 10;

	private static final int DIGITS = 20;

	private static final Grammar JSON = Grammar.json(new FormatLimits(LIMIT, DEPTH, DIGITS, 0), false);

	private static final String DIGEST = "sha256:";

	byte[] json() throws IOException {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("name", this.name);
		tree.put("version", this.version);
		tree.put("time", this.time.toString());
		this.stamp.run().ifPresent((run) -> tree.put("run", run));
		this.stamp.source().ifPresent((source) -> tree.put("source", source));
		if (!this.stamp.entries().isEmpty()) {
			tree.put("entries", this.stamp.entries());
		}
		List<Object> list = new ArrayList<>();
		for (Entry file : this.files) {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("path", file.path);
			entry.put("size", file.size);
			entry.put("digest", DIGEST + file.checksum.hex());
			list.add(entry);
		}
		tree.put("files", list);
		if (!this.links.isEmpty()) {
			tree.put("links", this.links);
		}
		if (!this.directories.isEmpty()) {
			tree.put("directories", this.directories);
		}
		return JSON.write(tree);
	}

	/** The files as {@code sha256sum -c} reads them, the manifest among them. */
	byte[] sums(byte[] json) {
		StringBuilder text = new StringBuilder();
		text.append(Checksum.of(ChecksumAlgorithm.SHA_256, json).line(VersionNames.MANIFEST));
		this.files.forEach((file) -> text.append(file.checksum.line(file.path)));
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Parses a manifest; empty if it is none. */
	static Optional<VersionManifest> parse(byte[] json) {
		try {
			if (!(JSON.read(json).tree() instanceof Map<?, ?> tree) || !(tree.get("name") instanceof String name)
					|| !(tree.get("version") instanceof String version) || !(tree.get("time") instanceof String time)
					|| !(tree.get("files") instanceof List<?> list)) {
				return Optional.empty();
			}
			List<Entry> files = new ArrayList<>();
			for (Object each : list) {
				files.add(Entry.of((Map<?, ?>) each));
			}
			List<String> directories = (tree.get("directories") instanceof List<?> some)
					? some.stream().map(String::valueOf).toList() : List.of();
			return Optional.of(new VersionManifest(
					name, version, Instant.parse(time), new Stamp(text(tree.get("source")), text(tree.get("run")),
							Optional.empty(), texts(tree.get("entries"))),
					files, texts(tree.get("links")), directories));
		}
		catch (MalformedContentException | DateTimeException | ArithmeticException | IllegalArgumentException
				| ClassCastException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> text(@Nullable Object value) {
		return (value instanceof String text) ? Optional.of(text) : Optional.empty();
	}

	private static Map<String, String> texts(@Nullable Object value) {
		Map<String, String> texts = new LinkedHashMap<>();
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
		}
		return texts;
	}

	long size() {
		return this.files.stream().mapToLong(Entry::size).sum();
	}

	/**
	 * What a manifest begins with, which costs no memory for the list.
	 *
	 * @param name the name of the publication
	 * @param version the name of the version
	 */
	record Head(String name, String version) {

		/** More than two names of 255 bytes, all of them escaped. */
		private static final int LONGEST = 8192;

		private static final Pattern REST = Pattern.compile(",\\s*\"time\"\\s*:");

		static Optional<Head> read(InputStream in) throws IOException {
			String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
			Matcher rest = REST.matcher(text);
			try {
				return (rest.find()
						&& JSON.read((text.substring(0, rest.start()) + "}").getBytes(StandardCharsets.UTF_8))
							.tree() instanceof Map<?, ?> tree
						&& tree.get("name") instanceof String name && tree.get("version") instanceof String version)
								? Optional.of(new Head(name, version)) : Optional.empty();
			}
			catch (MalformedContentException ex) {
				return Optional.empty();
			}
		}

	}

	/**
	 * One file.
	 *
	 * @param path its path in the version, with slashes
	 * @param size its size in bytes
	 * @param checksum its checksum
	 */
	record Entry(String path, long size, Checksum checksum) {

		static Entry of(Map<?, ?> tree) {
			if (!(tree.get("path") instanceof String path) || !(tree.get("size") instanceof BigInteger size)
					|| !(tree.get("digest") instanceof String digest) || !digest.startsWith(DIGEST)) {
				throw new IllegalArgumentException("no entry of a manifest");
			}
			return new Entry(path, size.longValueExact(),
					new Checksum(ChecksumAlgorithm.SHA_256, digest.substring(DIGEST.length())));
		}

	}

}
