/**
 * The actuator endpoint {@code atomicwrite} for managed directories and locks.
 */
@NullMarked
package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
