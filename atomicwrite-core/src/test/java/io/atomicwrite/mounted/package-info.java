/**
 * What is promised on filesystems that are mounted for real.
 */
@NullMarked
package io.atomicwrite.mounted;

import org.jspecify.annotations.NullMarked;
