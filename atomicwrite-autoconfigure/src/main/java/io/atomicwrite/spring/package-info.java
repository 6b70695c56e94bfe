/**
 * What applications get from the starter beside the beans of the engine.
 */
@NullMarked
package io.atomicwrite.spring;

import org.jspecify.annotations.NullMarked;
