package io.atomicwrite.manifest;

import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.manifest.Manifest.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The text of a manifest: an object of JSON with what is recorded of the content, and of
 * the content before it. Immutable.
 *
 * @param name the last name of the file
 * @param current what is recorded of its content
 * @param previous what was recorded of the content before, as long as nothing contradicts
 * it
 */
record ManifestText(String name, Entry current, Optional<Entry> previous) {

	/** The bytes to read at most; no manifest that this class formats is longer. */
	static final int LIMIT = 64 * 1024;

	private static final int DEPTH = 10;

	private static final int DIGITS = 20;

	private static final Grammar JSON = Grammar.json(new FormatLimits(LIMIT, DEPTH, DIGITS, 0), false);

	private static final String DIGEST = "sha256:";

	byte[] format() throws IOException {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("name", this.name);
		tree.putAll(tree(this.current));
		this.previous.ifPresent((entry) -> tree.put("previous", tree(entry)));
		return JSON.write(tree);
	}

	private static Map<String, Object> tree(Entry entry) {
		Map<String, Object> tree = new LinkedHashMap<>();
		entry.source().ifPresent((source) -> tree.put("source", source));
		entry.run().ifPresent((run) -> tree.put("run", run));
		tree.put("time", entry.time().toString());
		tree.put("size", entry.size());
		tree.put("digest", DIGEST + entry.checksum().hex());
		if (!entry.entries().isEmpty()) {
			tree.put("entries", entry.entries());
		}
		return tree;
	}

	/** Parses a text; empty if it is not that of a manifest. */
	static Optional<ManifestText> parse(byte[] content) {
		try {
			if (!(JSON.read(content).tree() instanceof Map<?, ?> tree) || !(tree.get("name") instanceof String name)) {
				return Optional.empty();
			}
			Optional<Entry> previous = (tree.get("previous") instanceof Map<?, ?> before) ? entry(before)
					: Optional.empty();
			return entry(tree).map((current) -> new ManifestText(name, current, previous));
		}
		catch (MalformedContentException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Entry> entry(Map<?, ?> tree) {
		if (!(tree.get("time") instanceof String time) || !(tree.get("size") instanceof BigInteger size)
				|| !(tree.get("digest") instanceof String digest) || !digest.startsWith(DIGEST)) {
			return Optional.empty();
		}
		try {
			return Optional
				.of(new Entry(text(tree.get("source")), text(tree.get("run")), Instant.parse(time), entries(tree),
						size.longValueExact(), new Checksum(Content.ALGORITHM, digest.substring(DIGEST.length()))));
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static Optional<String> text(@Nullable Object value) {
		return (value instanceof String text) ? Optional.of(text) : Optional.empty();
	}

	private static Map<String, String> entries(Map<?, ?> tree) {
		Map<String, String> entries = new LinkedHashMap<>();
		if (tree.get("entries") instanceof Map<?, ?> found) {
			found.forEach((key, value) -> text(value).ifPresent((text) -> entries.put(String.valueOf(key), text)));
		}
		return entries;
	}

	/** What is recorded, the content before last. */
	List<Entry> entries() {
		return Stream.concat(Stream.of(this.current), this.previous.stream()).toList();
	}

}
