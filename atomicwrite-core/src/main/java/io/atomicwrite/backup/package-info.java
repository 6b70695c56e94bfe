/**
 * Backups of what a write replaces.
 */
@NullMarked
package io.atomicwrite.backup;

import org.jspecify.annotations.NullMarked;
