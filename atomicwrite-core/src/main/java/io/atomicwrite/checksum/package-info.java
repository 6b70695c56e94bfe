/**
 * Checksums: what they are, and how a sidecar holds them.
 */
@NullMarked
package io.atomicwrite.checksum;

import org.jspecify.annotations.NullMarked;
