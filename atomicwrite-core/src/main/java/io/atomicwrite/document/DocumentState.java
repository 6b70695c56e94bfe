package io.atomicwrite.document;

import java.time.Instant;
import java.util.Optional;

/**
 * How a document stands to its file, and since when. Immutable.
 *
 * @param status the status
 * @param since when the document came to this status
 * @param problem what is wrong with the file, empty if nothing is
 */
public record DocumentState(DocumentStatus status, Instant since, Optional<DocumentProblem> problem) {
}
