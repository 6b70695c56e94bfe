/**
 * The writer and the reader that the rig of {@code evidence/power-cuts} runs on disks
 * whose power it cuts.
 */
@NullMarked
package io.atomicwrite.rig;

import org.jspecify.annotations.NullMarked;
