/**
 * The console: one page over the JSON of the actuator endpoint {@code atomicwrite}.
 */
@NullMarked
package io.atomicwrite.spring.actuate.console;

import org.jspecify.annotations.NullMarked;
