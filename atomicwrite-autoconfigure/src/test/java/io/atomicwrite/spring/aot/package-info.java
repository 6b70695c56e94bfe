/**
 * The starter in Spring's ahead-of-time processing.
 */
@NullMarked
package io.atomicwrite.spring.aot;

import org.jspecify.annotations.NullMarked;
