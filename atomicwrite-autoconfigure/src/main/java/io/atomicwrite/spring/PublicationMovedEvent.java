package io.atomicwrite.spring;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Is published after {@code latest} of a publication with properties has moved to another
 * version: by this application in the thread that published or rolled back, and by
 * another process soon after, in a thread of the starter. Moves by others that follow
 * each other closely may be one event. Immutable.
 *
 * @param publication the name of the publication
 * @param path the directory of its versions
 * @param before the version that {@code latest} named before; empty if there was none
 * @param after the version that it names now
 */
public record PublicationMovedEvent(String publication, Path path, Optional<String> before, String after) {
}
