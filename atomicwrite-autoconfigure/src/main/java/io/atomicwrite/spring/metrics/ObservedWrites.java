package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.WriteAttempt;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Whether writes are timed by observations, and with which tags Micrometer's handler then
 * records them. The predicates and filters are asked for late, because they may depend on
 * beans that write files. Thread-safe.
 */
public final class ObservedWrites {

	private final ObservationRegistry registry;

	private final Supplier<Stream<ObservationPredicate>> predicates;

	private final Supplier<Stream<ObservationFilter>> filters;

	private final Supplier<Stream<ObservationConvention<?>>> conventions;

	private volatile @Nullable Boolean enabled;

	/**
	 * Creates an instance.
	 * @param registry the observation registry; a no-op one if there are no observations
	 * @param predicates the predicates that may disable an observation
	 * @param filters the filters that may change its tags
	 * @param conventions the conventions of the application and of the registry
	 */
	public ObservedWrites(ObservationRegistry registry, Supplier<Stream<ObservationPredicate>> predicates,
			Supplier<Stream<ObservationFilter>> filters, Supplier<Stream<ObservationConvention<?>>> conventions) {
		this.registry = registry;
		this.predicates = predicates;
		this.filters = filters;
		this.conventions = conventions;
	}

	/** Returns whether observations of writes are recorded. */
	boolean enabled() {
		Boolean known = this.enabled;
		if (known == null) {
			AtomicWriteObservationContext context = context("other");
			String name = convention(context).getName();
			known = !this.registry.isNoop() && this.predicates.get()
				.allMatch((predicate) -> predicate.test((name != null) ? name : "", context));
			this.enabled = known;
		}
		return known;
	}

	/**
	 * Returns the tags of the observation of a durable write; empty if a convention or a
	 * filter can't handle an observation that was made for this purpose.
	 */
	Optional<Tags> tags(String directory) {
		AtomicWriteObservationContext made = context(directory);
		made.ended(MeterNames.value(WriteOutcome.DURABLE));
		Observation.Context context = made;
		try {
			made.setName(MeterNames.WRITE);
			made.addLowCardinalityKeyValues(convention(made).getLowCardinalityKeyValues(made));
			for (ObservationFilter filter : this.filters.get().toList()) {
				context = filter.map(context);
			}
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
		return Optional.of(Tags.of(context.getLowCardinalityKeyValues()
			.stream()
			.map((value) -> Tag.of(value.getKey(), value.getValue()))
			.toList()).and(MeterNames.ERROR, MeterNames.NONE));
	}

	private static AtomicWriteObservationContext context(String directory) {
		return new AtomicWriteObservationContext(WriteAttempt.Kind.WRITE, Path.of("/"), directory);
	}

	@SuppressWarnings("unchecked")
	private ObservationConvention<AtomicWriteObservationContext> convention(AtomicWriteObservationContext context) {
		return this.conventions.get()
			.filter((convention) -> convention.supportsContext(context))
			.map((convention) -> (ObservationConvention<AtomicWriteObservationContext>) convention)
			.findFirst()
			.orElseGet(DefaultAtomicWriteObservationConvention::new);
	}

}
