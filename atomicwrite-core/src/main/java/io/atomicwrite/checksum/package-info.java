/**
 * Checksums of content, and everything about the sidecars and extended attributes that
 * store them. {@link io.atomicwrite.checksum.ChecksumAlgorithm} lists the algorithms, and
 * {@code Sidecar} formats and parses a sidecar in the format of {@code sha256sum}. Add an
 * algorithm or another sidecar format here.
 *
 * <p>
 * The write protocol uses {@link io.atomicwrite.checksum.SidecarStep}, reading uses
 * {@link io.atomicwrite.checksum.ChecksumVerifier}, and maintenance uses
 * {@link io.atomicwrite.checksum.Sidecars}; none of them parses a sidecar itself. {@code
 * docs/concepts/integrity.md} explains the order of updates.
 */
@NullMarked
package io.atomicwrite.checksum;

import org.jspecify.annotations.NullMarked;
