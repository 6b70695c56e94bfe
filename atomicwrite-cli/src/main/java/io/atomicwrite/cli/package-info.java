/**
 * The {@code atomic-write} command, a thin layer over {@link io.atomicwrite.core}. Each
 * subcommand is one class named {@code …Command}; a new one is registered in
 * {@code Commands}.
 */
@NullMarked
package io.atomicwrite.cli;

import org.jspecify.annotations.NullMarked;
