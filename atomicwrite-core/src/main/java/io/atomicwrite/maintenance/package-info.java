/**
 * What writes leave behind: counting it.
 */
@NullMarked
package io.atomicwrite.maintenance;

import org.jspecify.annotations.NullMarked;
