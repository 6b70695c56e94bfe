/**
 * Locks that keep cooperating writers apart.
 */
@NullMarked
package io.atomicwrite.lock;

import org.jspecify.annotations.NullMarked;
