package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A lock that is held through a registry. Immutable.
 *
 * @param target the target
 * @param since when it was acquired
 * @param thread the name of the thread that acquired it
 * @param waiters the number of threads of this registry that wait for it
 */
public record HeldLock(Path target, Instant since, String thread, int waiters) {
}
