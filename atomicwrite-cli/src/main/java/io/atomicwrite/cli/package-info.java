/**
 * The {@code atomic-write} command.
 */
@NullMarked
package io.atomicwrite.cli;

import org.jspecify.annotations.NullMarked;
