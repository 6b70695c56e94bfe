package io.atomicwrite.publication;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A version that is whole. Immutable.
 *
 * @param name its name
 * @param path its directory
 * @param published when it was published, as its manifest was put in place then
 * @param latest whether {@code latest} named it when it was looked at
 */
public record PublishedVersion(String name, Path path, Instant published, boolean latest) {
}
