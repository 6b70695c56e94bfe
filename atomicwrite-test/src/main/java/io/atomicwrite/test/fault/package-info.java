/**
 * File operations that record their calls or let chosen ones fail.
 */
@NullMarked
package io.atomicwrite.test.fault;

import org.jspecify.annotations.NullMarked;
