package io.atomicwrite.spring.publication;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.isolation.Listeners;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublicationListener;
import io.atomicwrite.publication.PublicationMove;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.VersionContent;
import io.atomicwrite.publication.VersionSweepReport;
import io.atomicwrite.spring.PublicationMovedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes and opens the publications of an application by name. Their places and
 * policies are the properties {@code atomicwrite.publications.<name>.*}.
 *
 * <pre class="code">
 * publications.publish("dataset", (version) -&gt; version.file("part-0.csv", (out) -&gt; export(out)));
 *
 * try (OpenVersion version = publications.open("dataset")) {
 *     load(version.file("part-0.csv"));
 * }
 * </pre>
 *
 * <p>
 * Each move of {@code latest} is published as {@link PublicationMovedEvent}, and reported
 * to the beans of type {@link PublicationListener} if this application made it.
 * Thread-safe.
 */
public final class AtomicPublications {

	private static final Log logger = LogFactory.getLog(AtomicPublications.class);

	private final Supplier<? extends AtomicFileOperations> operations;

	private final Map<String, PublicationSettings> settings;

	private final Listeners<PublicationListener> listeners;

	private final Map<String, KnownPublication> known = new LinkedHashMap<>();

	private final Map<String, Publication> used = new ConcurrentHashMap<>();

	/**
	 * Creates an instance.
	 * @param operations makes the publications; asked when the first one is used
	 * @param settings their settings by name
	 * @param listeners the listeners of all publications, looked up at each event
	 * @param events where moves are published
	 * @param clock the clock
	 */
	public AtomicPublications(Supplier<? extends AtomicFileOperations> operations,
			Map<String, PublicationSettings> settings,
			Supplier<? extends List<? extends PublicationListener>> listeners, ApplicationEventPublisher events,
			InstantSource clock) {
		this.operations = operations;
		this.settings = new LinkedHashMap<>(settings);
		this.listeners = new Listeners<>(List.of(listeners));
		this.settings.forEach((name, one) -> this.known.put(name,
				new KnownPublication(name, one.path(), clock, (event) -> publish(events, event))));
	}

	/** A listener of the application must not fail what it hears of. */
	private static void publish(ApplicationEventPublisher events, PublicationMovedEvent event) {
		try {
			events.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of the move of " + event.publication() + " to " + event.after() + " has failed",
					ex);
		}
	}

	/**
	 * Returns the names of all publications.
	 * @return the names, in the order of the configuration
	 */
	public List<String> names() {
		return List.copyOf(this.settings.keySet());
	}

	/**
	 * Returns a publication.
	 * @param name its name
	 * @return the publication; {@link #options} has the options that its properties give
	 * @throws PublicationNotConfiguredException if there is no publication of that name;
	 * the message lists the names
	 */
	public Publication get(String name) {
		PublicationSettings found = settings(name);
		return this.used.computeIfAbsent(name,
				(key) -> this.operations.get()
					.publication(found.parent(), found.fileName())
					.withListener(new Named(known(name), name)));
	}

	/**
	 * Returns how a publication is published, as its properties say.
	 * @param name its name
	 * @return the options
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 */
	public PublishOptions options(String name) {
		return settings(name).options();
	}

	/**
	 * Publishes a version, as {@link Publication#publish(VersionContent, PublishOptions)}
	 * does.
	 * @param name the name of the publication
	 * @param content produces its files
	 * @return the version
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 * @throws io.atomicwrite.AtomicWriteException if it can't be published
	 */
	public PublishedVersion publish(String name, VersionContent content) {
		return publish(name, content, UnaryOperator.identity());
	}

	/**
	 * Publishes a version with changes to the options that its properties give.
	 * @param name the name of the publication
	 * @param content produces its files
	 * @param changes the changes, such as a stamp or the name of the version
	 * @return the version
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 * @throws io.atomicwrite.AtomicWriteException if it can't be published
	 */
	public PublishedVersion publish(String name, VersionContent content, UnaryOperator<PublishOptions> changes) {
		Publication publication = get(name);
		PublishedVersion published = publication.publish(content, changes.apply(options(name)));
		known(name).look(publication);
		return published;
	}

	/**
	 * Opens the version that {@code latest} names.
	 * @param name the name of the publication
	 * @return the version, to be closed
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 * @throws io.atomicwrite.TargetMissingException if nothing is published
	 */
	public OpenVersion open(String name) {
		return open(name, Publication.LATEST);
	}

	/**
	 * Opens a version.
	 * @param name the name of the publication
	 * @param version the name of the version, or {@code latest}
	 * @return the version, to be closed
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 * @throws io.atomicwrite.TargetMissingException if there is no such version
	 */
	public OpenVersion open(String name, String version) {
		return get(name).open(version);
	}

	/**
	 * Returns what the last look at a publication has found. Does no I/O.
	 * @param name its name
	 * @return its state
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 */
	public PublicationState state(String name) {
		settings(name);
		return known(name).state();
	}

	/**
	 * Looks at a publication, which may take as long as its filesystem does. A move of
	 * {@code latest} that is found is published as an event. Never fails: a problem is
	 * part of the state.
	 * @param name its name
	 * @return its state
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 */
	public PublicationState look(String name) {
		known(name).look(get(name));
		return state(name);
	}

	/**
	 * Returns the settings of a publication.
	 * @param name its name
	 * @return its settings
	 * @throws PublicationNotConfiguredException if there is no publication of that name
	 */
	public PublicationSettings settings(String name) {
		PublicationSettings found = this.settings.get(name);
		if (found == null) {
			throw PublicationNotConfiguredException.unknown(name, this.settings.keySet());
		}
		return found;
	}

	private KnownPublication known(String name) {
		KnownPublication found = this.known.get(name);
		if (found == null) {
			throw PublicationNotConfiguredException.unknown(name, this.settings.keySet());
		}
		return found;
	}

	/**
	 * Reports under the name that the properties have, which may differ from the
	 * directory's.
	 */
	private final class Named implements PublicationListener {

		private final KnownPublication publication;

		private final String name;

		Named(KnownPublication publication, String name) {
			this.publication = publication;
			this.name = name;
		}

		@Override
		public void moved(PublicationMove move) {
			PublicationMove named = new PublicationMove(this.name, move.before(), move.after(), move.rollback());
			listeners().invoke((listener) -> listener.moved(named));
			this.publication.moved(named);
		}

		@Override
		public void failed(String publicationName, Throwable failure) {
			listeners().invoke((listener) -> listener.failed(this.name, failure));
		}

		@Override
		public void swept(String publicationName, VersionSweepReport report) {
			listeners().invoke((listener) -> listener.swept(this.name, report));
		}

		private Listeners<PublicationListener> listeners() {
			return AtomicPublications.this.listeners;
		}

	}

}
