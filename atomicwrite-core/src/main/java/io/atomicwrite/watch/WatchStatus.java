package io.atomicwrite.watch;

import java.time.Duration;
import java.util.Optional;

/**
 * How a file is being watched. Immutable.
 *
 * @param events whether events of the operating system are received for the file
 * @param pollInterval how often the file is looked at besides; zero with
 * {@link WatchMode#OFF}
 * @param reason why there are no events although they are wanted, or why the file can't
 * be looked at: a filesystem that does not answer, for example
 * @param failedCalls the number of calls of the listener that threw something
 */
public record WatchStatus(boolean events, Duration pollInterval, Optional<String> reason, long failedCalls) {
}
