package io.atomicwrite.spring.health;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.Capability;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.directory.TimedResult;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} that checks whether every managed directory is writable and
 * provides the required guarantees. It writes nothing, and caches its result.
 * Thread-safe.
 */
public class AtomicWriteHealthIndicator implements HealthIndicator {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final Duration timeToLive;

	private final InstantSource clock;

	private @Nullable TimedResult<Health> last;

	/**
	 * Creates an indicator.
	 * @param directories the directories
	 * @param inspector inspects them
	 * @param timeToLive how long a result is cached
	 * @param clock the clock
	 */
	public AtomicWriteHealthIndicator(ManagedDirectories directories, DirectoryInspector inspector, Duration timeToLive,
			InstantSource clock) {
		this.directories = directories;
		this.inspector = inspector;
		this.timeToLive = timeToLive;
		this.clock = clock;
	}

	@Override
	public synchronized Health health() {
		Instant now = this.clock.instant();
		TimedResult<Health> known = this.last;
		if (known != null && known.isFresh(now, this.timeToLive)) {
			return known.value();
		}
		Health current = check();
		this.last = new TimedResult<>(now, current);
		return current;
	}

	private Health check() {
		Status worst = Status.UP;
		Map<String, Object> details = new LinkedHashMap<>();
		for (ManagedDirectory directory : this.directories.all()) {
			Map<String, Object> detail = new LinkedHashMap<>();
			Status status = check(directory, detail);
			details.put(directory.name(), detail);
			worst = worse(worst, status);
		}
		Health.Builder result = Health.status(worst);
		if (!details.isEmpty()) {
			result.withDetail("directories", details);
		}
		return result.build();
	}

	private Status check(ManagedDirectory directory, Map<String, Object> detail) {
		try {
			DirectoryInspection found = this.inspector.inspect(directory);
			Status status = found.usable() ? Status.UP : Status.OUT_OF_SERVICE;
			detail.put("status", status.getCode());
			detail.put("path", directory.path().toString());
			describe(found, detail);
			return status;
		}
		catch (IOException ex) {
			detail.put("status", Status.DOWN.getCode());
			detail.put("path", directory.path().toString());
			detail.put("error", "can't be read: " + IoErrors.text(ex));
			return Status.DOWN;
		}
	}

	private static void describe(DirectoryInspection found, Map<String, Object> detail) {
		detail.put("filesystem", found.filesystem().type());
		detail.put("writable", found.writable());
		Map<String, Object> guarantees = new LinkedHashMap<>();
		found.guarantees()
			.forEach((guarantee, assessment) -> guarantees.put(guarantee.name(),
					Map.of("level", assessment.level().name(), "reason", assessment.reason())));
		detail.put("guarantees", guarantees);
		if (!found.lacks().isEmpty()) {
			detail.put("lacks", found.lacks().stream().map(Capability::name).toList());
		}
		if (!found.shortfalls().isEmpty()) {
			detail.put("shortfalls", found.shortfalls().stream().map(Shortfall::toString).toList());
		}
	}

	private static Status worse(Status one, Status other) {
		if (one.equals(Status.DOWN) || other.equals(Status.DOWN)) {
			return Status.DOWN;
		}
		return one.equals(Status.UP) ? other : one;
	}

}
