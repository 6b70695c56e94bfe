/**
 * A sample application: a service that stores its settings in one plain file.
 */
@NullMarked
package io.atomicwrite.sample;

import org.jspecify.annotations.NullMarked;
