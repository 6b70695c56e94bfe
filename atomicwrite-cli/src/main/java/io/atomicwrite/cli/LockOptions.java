package io.atomicwrite.cli;

import java.time.Duration;

import io.atomicwrite.core.LockPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options on the wait for the lock, of which one at most is given.
 */
final class LockOptions {

	@Option(names = "--no-wait", description = "Exit with 2 at once if someone else holds the lock.")
	private boolean noWait;

	@Option(names = { "-t", "--timeout" }, paramLabel = "SECONDS",
			description = "Exit with 2 if the lock is not acquired in that time. Default: wait as long as it takes.")
	private @Nullable Integer timeout;

	LockPolicy policy() {
		if (this.noWait) {
			return LockPolicy.failFast();
		}
		if (this.timeout == null) {
			return LockPolicy.waitForever();
		}
		if (this.timeout < 0) {
			throw Failure.of("the timeout can't be negative; give the seconds to wait");
		}
		return LockPolicy.waitUpTo(Duration.ofSeconds(this.timeout));
	}

}
