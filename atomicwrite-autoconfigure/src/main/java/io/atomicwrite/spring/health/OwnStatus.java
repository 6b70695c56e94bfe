package io.atomicwrite.spring.health;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.springframework.boot.health.contributor.Status;

/**
 * The statuses of the contributors of atomicwrite, by their severity. Each is equal to
 * the one of Spring Boot with its code, and still known to be from here: a set of them
 * alone is that of a composite of atomicwrite.
 */
final class OwnStatus {

	static final Status DOWN = own(Status.DOWN);

	static final Status OUT_OF_SERVICE = own(Status.OUT_OF_SERVICE);

	static final Status INVALID = new Status("INVALID", "A file can't be used");

	static final Status DEGRADED = new Status("DEGRADED", "Writes go on, but somebody has to look");

	static final Status LAST_GOOD = new Status("LAST_GOOD", "The last good content of a file is used");

	static final Status UP = own(Status.UP);

	static final Status UNKNOWN = own(Status.UNKNOWN);

	private static final List<Status> BY_SEVERITY = List.of(DOWN, OUT_OF_SERVICE, LAST_GOOD, INVALID, DEGRADED, UP,
			UNKNOWN);

	private OwnStatus() {
	}

	private static Status own(Status known) {
		return new Status(known.getCode(), known.getDescription());
	}

	/** Returns whether a composite has parts of atomicwrite alone. */
	static boolean areOwn(Set<Status> statuses) {
		return !statuses.isEmpty()
				&& statuses.stream().allMatch((one) -> BY_SEVERITY.stream().anyMatch((own) -> own == one));
	}

	static Status worse(Status one, Status other) {
		return (BY_SEVERITY.indexOf(one) <= BY_SEVERITY.indexOf(other)) ? one : other;
	}

	/** Returns the worst of own statuses. */
	static Status worst(Set<Status> own) {
		return own.stream().min(Comparator.comparingInt(BY_SEVERITY::indexOf)).orElse(UNKNOWN);
	}

}
