package io.atomicwrite.spring.directory;

import io.atomicwrite.maintenance.DirectoryCensus;

/**
 * All that is known of a managed directory. Immutable.
 *
 * @param inspection its inspection
 * @param census the counts of the artifacts in it
 */
public record DirectoryState(Answer<DirectoryInspection> inspection, Answer<DirectoryCensus.Report> census) {
}
