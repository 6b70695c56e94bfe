package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A thread that waits for a lease. Immutable.
 *
 * @param target the target
 * @param since when the wait began
 * @param thread the name of the thread
 */
public record WaitingLock(Path target, Instant since, String thread) {
}
