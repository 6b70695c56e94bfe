package io.atomicwrite.spring.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The timers of locks in a registry. Those of a lock that is acquired are looked up there
 * once; the others exist once a wait has ended so, and the failures of writes count them
 * from the start. Thread-safe.
 */
final class LockMeters {

	private final MeterRegistry registry;

	private final Map<String, Timer> acquired = new ConcurrentHashMap<>();

	private final Timer held;

	private volatile Optional<Timer> renewed = Optional.empty();

	LockMeters(MeterRegistry registry) {
		this.registry = registry;
		this.held = AtomicWriteMeterDocumentation.LOCK_HOLD.timer().register(registry);
	}

	/** Registers all meters, so that dashboards find them before the first lock. */
	void register(Collection<String> directories, LockScope scope) {
		directories.forEach(this::acquired);
		List.of(LockLostException.Reason.values()).forEach(this::lost);
		if (scope == LockScope.CLUSTER) {
			renewed();
		}
	}

	Timer acquired(String directory) {
		Timer known = this.acquired.get(directory);
		return (known != null) ? known
				: this.acquired.computeIfAbsent(directory, (name) -> waited(name, MeterNames.ACQUIRED));
	}

	Timer notAcquired(String directory, Reason reason) {
		return waited(directory, MeterNames.value(reason));
	}

	private Timer waited(String directory, String outcome) {
		return AtomicWriteMeterDocumentation.LOCK_WAIT.timer()
			.tag(MeterNames.DIRECTORY, directory)
			.tag(MeterNames.OUTCOME, outcome)
			.register(this.registry);
	}

	Timer held() {
		return this.held;
	}

	Counter lost(LockLostException.Reason reason) {
		return AtomicWriteMeterDocumentation.LOCK_LOST.counter()
			.tag(MeterNames.REASON, MeterNames.value(reason))
			.register(this.registry);
	}

	/** Exists where a lock store renews leases. */
	Timer renewed() {
		Optional<Timer> known = this.renewed;
		if (known.isEmpty()) {
			// the registry returns the same one to whoever comes second
			known = Optional.of(AtomicWriteMeterDocumentation.LOCK_RENEW.timer().register(this.registry));
			this.renewed = known;
		}
		return known.get();
	}

}
