/**
 * The documents of an application by name, as its properties configure them.
 */
@NullMarked
package io.atomicwrite.spring.document;

import org.jspecify.annotations.NullMarked;
