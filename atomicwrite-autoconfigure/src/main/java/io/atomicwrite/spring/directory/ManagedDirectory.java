package io.atomicwrite.spring.directory;

import java.nio.file.Path;

/**
 * A directory that the application has named.
 *
 * @param name its name
 * @param path its absolute path
 */
public record ManagedDirectory(String name, Path path) {
}
