/**
 * The template that applications use, and the protocol of one write behind it.
 */
@NullMarked
package io.atomicwrite.core;

import org.jspecify.annotations.NullMarked;
