/**
 * The guarantees of a directory, derived from its filesystem.
 * {@link io.atomicwrite.guarantee.GuaranteeInspector} looks up the mount of a directory,
 * the matrix of filesystem types, mount options and lower layers, and returns a
 * {@link io.atomicwrite.guarantee.GuaranteeReport} with the level of each guarantee and
 * its reason. Nothing is written or tried; {@link io.atomicwrite.doctor} does that.
 *
 * <p>
 * <b>To add or correct a filesystem type</b>, edit its row in {@code LocalFilesystems} or
 * {@code OtherFilesystems}, and mount options in {@code MountOptions}; then regenerate
 * {@code docs/reference/filesystem-matrix.md}, which says how.
 */
@NullMarked
package io.atomicwrite.guarantee;

import org.jspecify.annotations.NullMarked;
