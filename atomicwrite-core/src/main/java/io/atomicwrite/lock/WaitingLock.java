package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A thread that waits for a lease.
 *
 * @param target the target
 * @param since when it began to wait
 * @param thread the name of the thread
 */
public record WaitingLock(Path target, Instant since, String thread) {
}
