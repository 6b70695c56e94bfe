/**
 * Spring: tests whose application keeps its files in a temporary place, and assertions on
 * its health. Needs {@code spring-boot} and {@code spring-test} on the class path, the
 * assertions {@code spring-boot-health} and {@code assertj-core} too.
 */
@NullMarked
package io.atomicwrite.test.spring;

import org.jspecify.annotations.NullMarked;
