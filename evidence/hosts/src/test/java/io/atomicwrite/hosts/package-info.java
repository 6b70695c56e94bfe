/**
 * Lock stores against real servers.
 */
@NullMarked
package io.atomicwrite.hosts;

import org.jspecify.annotations.NullMarked;
