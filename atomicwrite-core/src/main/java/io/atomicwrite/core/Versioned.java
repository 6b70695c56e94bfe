package io.atomicwrite.core;

/**
 * A value with the version of the content it was read from or written to.
 *
 * @param value the value
 * @param version the version
 * @param <T> the type of the value
 */
public record Versioned<T>(T value, Version version) {
}
