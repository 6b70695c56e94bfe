/**
 * Lock stores over engines that an application runs already: what several hosts exclude
 * each other by. Each engine is optional on the class path, and each store needs nothing
 * of the others.
 */
@NullMarked
package io.atomicwrite.spring.lock;

import org.jspecify.annotations.NullMarked;
