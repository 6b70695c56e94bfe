/**
 * The starter on real mounts that go away, come back or are not there. Need root.
 */
@NullMarked
package io.atomicwrite.spring.mounted;

import org.jspecify.annotations.NullMarked;
