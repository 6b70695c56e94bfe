/**
 * Sets of files that readers see whole: each version is a directory of its own, and one
 * step moves the pointer {@code latest} to it.
 * {@link io.atomicwrite.publication.Publication} is what applications use. The pointer is
 * moved by the write protocol, through
 * {@link io.atomicwrite.publication.PublicationPointer}.
 */
@NullMarked
package io.atomicwrite.publication;

import org.jspecify.annotations.NullMarked;
