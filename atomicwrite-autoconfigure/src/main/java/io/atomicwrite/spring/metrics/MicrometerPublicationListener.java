package io.atomicwrite.spring.metrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.publication.PublicationMove;
import io.atomicwrite.spring.publication.AtomicPublications;
import io.atomicwrite.spring.publication.PublicationState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A {@link PublicationListener} that measures publications by their names alone. All
 * meters exist from the start of the application. A gauge does no I/O: it has what the
 * last look has found, which follows each move of {@code latest}. Thread-safe.
 */
public class MicrometerPublicationListener implements PublicationListener, MeterBinder {

	private static final String PUBLICATION = MeterTag.PUBLICATION.asString();

	private static final String PUBLISHED = "published";

	private final MeterRegistry registry;

	private final AtomicPublications publications;

	private final InstantSource clock;

	/**
	 * Creates a listener.
	 * @param registry the registry of the meters
	 * @param publications the publications
	 * @param clock the clock
	 */
	public MicrometerPublicationListener(MeterRegistry registry, AtomicPublications publications, InstantSource clock) {
		this.registry = registry;
		this.publications = publications;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry target) {
		this.publications.names().forEach((name) -> bind(target, name));
	}

	private void bind(MeterRegistry target, String name) {
		publishes(target, name, PUBLISHED);
		publishes(target, name, WriteOutcome.NOT_COMMITTED.name());
		publishes(target, name, WriteOutcome.INDETERMINATE.name());
		rollbacks(target, name);
		gauge(target, AtomicWriteMeterDocumentation.PUBLICATION_VERSIONS, name, (state) -> state.versions().size());
		gauge(target, AtomicWriteMeterDocumentation.PUBLICATION_LATEST_AGE, name, this::age);
		gauge(target, AtomicWriteMeterDocumentation.PUBLICATION_LATEST_SIZE, name, PublicationState::latestSize);
	}

	private void gauge(MeterRegistry target, AtomicWriteMeterDocumentation meter, String name,
			ToDoubleFunction<PublicationState> value) {
		meter.gauge(() -> value.applyAsDouble(this.publications.state(name))).tag(PUBLICATION, name).register(target);
	}

	/** The clock may have been set back. */
	private double age(PublicationState state) {
		return state.latest()
			.map((version) -> Math.max(0, Duration.between(version.published(), this.clock.instant()).toMillis() / 1e3))
			.orElse(Double.POSITIVE_INFINITY);
	}

	@Override
	public void moved(PublicationMove move) {
		if (move.rollback()) {
			rollbacks(this.registry, move.publication()).increment();
		}
		else {
			publishes(this.registry, move.publication(), PUBLISHED).increment();
		}
	}

	@Override
	public void failed(String publication, Throwable failure) {
		publishes(this.registry, publication, MeterNames.outcome(failure)).increment();
	}

	private static Counter publishes(MeterRegistry registry, String name, String outcome) {
		return AtomicWriteMeterDocumentation.PUBLICATION_PUBLISHES.counter()
			.tag(PUBLICATION, name)
			.tag(MeterNames.OUTCOME, outcome.toLowerCase(Locale.ROOT))
			.register(registry);
	}

	private static Counter rollbacks(MeterRegistry registry, String name) {
		return AtomicWriteMeterDocumentation.PUBLICATION_ROLLBACKS.counter().tag(PUBLICATION, name).register(registry);
	}

}
