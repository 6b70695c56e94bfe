/**
 * Applications with a managed directory that does not answer.
 */
@NullMarked
package io.atomicwrite.spring.hanging;

import org.jspecify.annotations.NullMarked;
