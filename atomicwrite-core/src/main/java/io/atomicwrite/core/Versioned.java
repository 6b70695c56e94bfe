package io.atomicwrite.core;

import io.atomicwrite.checksum.Version;

/**
 * A value with the version of the content it was read from. As immutable and thread-safe
 * as the value is.
 *
 * @param value the value
 * @param version the version of the content
 * @param <T> the type of the value
 */
public record Versioned<T>(T value, Version version) {
}
