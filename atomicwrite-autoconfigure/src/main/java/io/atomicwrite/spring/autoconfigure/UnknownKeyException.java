package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;

/**
 * Thrown when a managed directory or a document has a property that is not known.
 */
final class UnknownKeyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String origin;

	private final String likely;

	private final String thing;

	private final String keys;

	UnknownKeyException(String property, @Nullable ConfigurationProperty found, Optional<String> likely, String thing,
			String keys) {
		super("the property " + property + " is not known"
				+ likely.map((name) -> "; " + name + " may be meant").orElse(""));
		this.property = property;
		Origin place = (found != null) ? found.getOrigin() : null;
		this.origin = (place != null) ? place.toString() : "";
		this.likely = likely.orElse("");
		this.thing = thing;
		this.keys = keys;
	}

	String property() {
		return this.property;
	}

	/** Returns where it is set, empty if that is not known. */
	String origin() {
		return this.origin;
	}

	/** Returns the property that may be meant, empty if none is similar. */
	String likely() {
		return this.likely;
	}

	/** Returns what the property is one of, with an article. */
	String thing() {
		return this.thing;
	}

	/** Returns the keys that are known. */
	String keys() {
		return this.keys;
	}

}
