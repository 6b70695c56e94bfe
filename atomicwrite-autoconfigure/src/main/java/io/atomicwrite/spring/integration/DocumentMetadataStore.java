package io.atomicwrite.spring.integration;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.format.TypeReference;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.metadata.ConcurrentMetadataStore;

/**
 * A {@link ConcurrentMetadataStore} in a document: what a method has changed is durable
 * when it returns, changes of several threads share a write, and several processes may
 * use one file. Thread-safe.
 */
public final class DocumentMetadataStore implements ConcurrentMetadataStore {

	private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {
	};

	private final AtomicDocument<Map<String, String>> document;

	/**
	 * Creates a store.
	 * @param document the document, opened with {@link #options()}
	 */
	public DocumentMetadataStore(AtomicDocument<Map<String, String>> document) {
		this.document = document;
	}

	/**
	 * Returns the options of a document for a store: a map of texts that begins empty.
	 * @return the options
	 */
	public static DocumentOptions<Map<String, String>> options() {
		return DocumentOptions.of(TYPE).defaults(Map.of()).build();
	}

	@Override
	public void put(String key, String value) {
		Objects.requireNonNull(key, "key");
		Objects.requireNonNull(value, "value");
		change(key, (old) -> value);
	}

	@Override
	public @Nullable String get(String key) {
		return this.document.current().get(key);
	}

	@Override
	public @Nullable String remove(String key) {
		return change(key, (old) -> null);
	}

	@Override
	public @Nullable String putIfAbsent(String key, String value) {
		Objects.requireNonNull(value, "value");
		return change(key, (old) -> (old != null) ? old : value);
	}

	@Override
	public boolean replace(String key, String oldValue, String newValue) {
		Objects.requireNonNull(newValue, "newValue");
		return Objects.requireNonNull(oldValue, "oldValue")
			.equals(change(key, (old) -> oldValue.equals(old) ? newValue : old));
	}

	/**
	 * Changes the value of a key in one atomic step.
	 * @return the value that it had
	 */
	private @Nullable String change(String key, UnaryOperator<@Nullable String> change) {
		// may be called again, for another content: the last call counts
		AtomicReference<@Nullable String> before = new AtomicReference<>();
		this.document.update((map) -> {
			String old = map.get(key);
			before.set(old);
			String next = change.apply(old);
			return Objects.equals(old, next) ? map : with(map, key, next);
		});
		return before.get();
	}

	private static Map<String, String> with(Map<String, String> map, String key, @Nullable String value) {
		Map<String, String> copy = new TreeMap<>(map);
		if (value != null) {
			copy.put(key, value);
		}
		else {
			copy.remove(key);
		}
		return copy;
	}

}
