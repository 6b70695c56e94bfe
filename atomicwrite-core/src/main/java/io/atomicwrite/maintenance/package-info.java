/**
 * What writes leave behind: counting it and taking it away.
 */
@NullMarked
package io.atomicwrite.maintenance;

import org.jspecify.annotations.NullMarked;
