package io.atomicwrite.spring;

import java.nio.file.Path;

import io.atomicwrite.checksum.Version;

/**
 * Is published after the content of a document or of an imported configuration file has
 * changed and is in use: for a document after its value has changed, for a configuration
 * file after its properties were replaced and bound. Has no value of the file. Listeners
 * are invoked one after the other for each file. Immutable.
 *
 * @param file the file, absolute
 * @param document the name of the document; empty for an imported configuration file
 * @param before the version of the content before, {@link Version#none()} if there was
 * none
 * @param after the version of the content now
 */
public record AtomicFileChangedEvent(Path file, String document, Version before, Version after) {
}
