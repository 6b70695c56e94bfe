/**
 * Tests of the sample application over HTTP.
 */
@NullMarked
package io.atomicwrite.sample;

import org.jspecify.annotations.NullMarked;
