package io.atomicwrite.publication;

import java.util.Optional;

/**
 * A move of {@code latest}. Immutable.
 *
 * @param publication the name of the publication
 * @param before the version that it named shortly before; empty if it named none
 * @param after the version that it names now
 * @param rollback whether the version was published before, and has become the latest
 * again
 */
public record PublicationMove(String publication, Optional<String> before, PublishedVersion after, boolean rollback) {
}
