package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.maintenance.CensusReport;
import io.atomicwrite.maintenance.DirectoryCensus;
import org.jspecify.annotations.Nullable;

/**
 * Counts the artifacts of managed directories and caches the results. Thread-safe.
 */
public final class CachedCensus {

	private final DirectoryCensus census;

	private final Duration timeToLive;

	private final InstantSource clock;

	private final Map<String, TimedResult<Optional<CensusReport>>> entries = new ConcurrentHashMap<>();

	/**
	 * Creates a census.
	 * @param census counts the artifacts of a directory
	 * @param timeToLive how long a result is cached
	 * @param clock the clock
	 */
	public CachedCensus(DirectoryCensus census, Duration timeToLive, InstantSource clock) {
		this.census = census;
		this.timeToLive = timeToLive;
		this.clock = clock;
	}

	/**
	 * Returns the counts for a directory, which may be cached.
	 * @param directory the directory
	 * @return the counts, or {@code null} if the directory can't be read
	 */
	public @Nullable CensusReport count(ManagedDirectory directory) {
		Instant now = this.clock.instant();
		return this.entries
			.compute(directory.name(), (name, known) -> (known != null && known.isFresh(now, this.timeToLive)) ? known
					: new TimedResult<>(now, take(directory)))
			.value()
			.orElse(null);
	}

	private Optional<CensusReport> take(ManagedDirectory directory) {
		try {
			return Optional.of(this.census.count(directory.path()));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
