/**
 * The writer and the reader that {@code evidence/power-cuts} runs on disks with simulated
 * power cuts.
 */
@NullMarked
package io.atomicwrite.rig;

import org.jspecify.annotations.NullMarked;
