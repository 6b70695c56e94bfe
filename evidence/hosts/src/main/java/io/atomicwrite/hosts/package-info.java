/**
 * Writers in processes of their own, which stand for hosts, over real lock stores.
 */
@NullMarked
package io.atomicwrite.hosts;

import org.jspecify.annotations.NullMarked;
