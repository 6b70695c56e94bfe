/**
 * Formats based on Jackson 3: JSON. Jackson is an optional dependency, and only this
 * package refers to it. Other data formats of Jackson, such as YAML, belong here too.
 */
@NullMarked
package io.atomicwrite.format.jackson;

import org.jspecify.annotations.NullMarked;
