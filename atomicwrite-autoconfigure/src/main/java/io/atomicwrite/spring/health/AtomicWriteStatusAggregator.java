package io.atomicwrite.spring.health;

import java.util.Set;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;

/**
 * A {@link StatusAggregator} for the composites of atomicwrite: the worst status of their
 * parts, so that none is {@code UP} above a document that is {@code INVALID}. All other
 * statuses, and those of the whole application, are aggregated as before. Immutable and
 * thread-safe.
 */
public final class AtomicWriteStatusAggregator implements StatusAggregator {

	private final StatusAggregator others;

	/**
	 * Creates an aggregator.
	 * @param others aggregates all other statuses
	 */
	public AtomicWriteStatusAggregator(StatusAggregator others) {
		this.others = others;
	}

	@Override
	public Status getAggregateStatus(Set<Status> statuses) {
		return OwnStatus.areOwn(statuses) ? OwnStatus.worst(statuses) : this.others.getAggregateStatus(statuses);
	}

}
