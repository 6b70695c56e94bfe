/**
 * Checksums of content, and their storage in sidecars and extended attributes.
 * {@link io.atomicwrite.checksum.ChecksumAlgorithm} lists the algorithms, and
 * {@link io.atomicwrite.checksum.Sidecar} formats and parses a sidecar in the format of
 * {@code
 * sha256sum}. Add an algorithm or another sidecar format here. {@code
 * docs/concepts/integrity.md} explains the order of updates.
 */
@NullMarked
package io.atomicwrite.checksum;

import org.jspecify.annotations.NullMarked;
