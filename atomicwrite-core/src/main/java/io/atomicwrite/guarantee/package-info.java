/**
 * What a directory can promise, and why.
 */
@NullMarked
package io.atomicwrite.guarantee;

import org.jspecify.annotations.NullMarked;
