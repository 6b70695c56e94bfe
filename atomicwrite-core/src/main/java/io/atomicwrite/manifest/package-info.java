/**
 * Where a content comes from: the stamp of its writer, and the manifest beside the file
 * that keeps it together with size and digest of the content. A manifest is replaced
 * before its file, like a sidecar, and names the content before as well.
 * {@code docs/concepts/freshness.md} explains what readers may conclude from it.
 */
@NullMarked
package io.atomicwrite.manifest;

import org.jspecify.annotations.NullMarked;
