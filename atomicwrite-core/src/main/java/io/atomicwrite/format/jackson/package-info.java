/**
 * JSON, YAML, TOML and properties, whose values Jackson 3 binds. Jackson is an optional
 * dependency, and only this package refers to it.
 */
@NullMarked
package io.atomicwrite.format.jackson;

import org.jspecify.annotations.NullMarked;
