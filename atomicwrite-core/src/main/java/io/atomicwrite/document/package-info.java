/**
 * Typed documents: values that live in files, which an application reads all the time,
 * changes now and then, and which people and other programs edit meanwhile.
 * {@link io.atomicwrite.document.AtomicDocument} is what applications use,
 * {@link io.atomicwrite.document.DocumentOptions} says how one document is read and
 * written, and {@link io.atomicwrite.document.DocumentFile} is what a document needs of
 * the write protocol, which lies above this package.
 */
@NullMarked
package io.atomicwrite.document;

import org.jspecify.annotations.NullMarked;
