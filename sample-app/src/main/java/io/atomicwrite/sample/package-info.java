/**
 * A settings service that keeps its settings in one plain file.
 */
@NullMarked
package io.atomicwrite.sample;

import org.jspecify.annotations.NullMarked;
