/**
 * The publications of an application by name, as its properties configure them.
 */
@NullMarked
package io.atomicwrite.spring.publication;

import org.jspecify.annotations.NullMarked;
