package io.atomicwrite.spring.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.spring.AtomicFileChangedEvent;
import io.atomicwrite.spring.config.BoundProperties;
import io.atomicwrite.spring.config.PropertyBindings;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Opens the documents of an application by name. Their files and policies are the
 * properties {@code atomicwrite.documents.<name>.*}; a property that is set counts more
 * than the options.
 *
 * <pre class="code">
 * &#64;Bean
 * AtomicDocument&lt;Settings&gt; settings(AtomicDocuments documents) {
 *     return documents.open("settings", Settings.class);
 * }
 * </pre>
 *
 * <p>
 * Each change of a value is published as {@link AtomicFileChangedEvent}. Thread-safe.
 */
public final class AtomicDocuments {

	/** What stands for documents that have no name, because a template opened them. */
	public static final String OTHER = "other";

	private final Supplier<AtomicFileOperations> operations;

	private final DocumentsProperties properties;

	private final PropertyBindings bindings;

	private final ApplicationEventPublisher events;

	private final Map<String, Opened> opened = new LinkedHashMap<>();

	/** Is read while another document is being opened, which may take long. */
	private volatile Map<String, AtomicDocument<?>> all = Map.of();

	private final Map<Path, String> names = new ConcurrentHashMap<>();

	/**
	 * Creates an instance.
	 * @param operations opens the documents; asked when the first one is opened
	 * @param properties their properties
	 * @param bindings binds properties of imported files
	 * @param events where changes are published
	 */
	public AtomicDocuments(Supplier<AtomicFileOperations> operations, DocumentsProperties properties,
			PropertyBindings bindings, ApplicationEventPublisher events) {
		this.operations = operations;
		this.properties = properties;
		this.bindings = bindings;
		this.events = events;
	}

	/**
	 * Opens a document. Its type may be written as for {@code @ConfigurationProperties}:
	 * the values of {@code @DefaultValue}, or the fields of a class with a constructor
	 * without parameters, are its defaults, and constraints of Jakarta Validation count.
	 * @param name the name of the document
	 * @param type the type of its value
	 * @param <T> the type of its value
	 * @return the document, the same for each call with its name
	 * @throws DocumentNotConfiguredException if no path is configured for the name
	 * @throws DocumentTypeConflictException if it is open with another type
	 * @throws DocumentNotAnsweringException if its file does not answer within
	 * {@code atomicwrite.startup-timeout}
	 * @throws io.atomicwrite.AtomicWriteException if its file can't be read, or holds no
	 * valid value and there is no last valid content
	 */
	public <T> AtomicDocument<T> open(String name, Class<T> type) {
		DocumentOptions.Builder<T> options = DocumentOptions.of(type);
		DocumentDefaults.of(type).ifPresent(options::defaults);
		return open(name, type, options.build());
	}

	/**
	 * Opens a document with options. Defaults are those of the options alone.
	 * @param name the name of the document
	 * @param options how it is read, checked and written
	 * @param <T> the type of its value
	 * @return the document; the same for each call with its name and these options
	 * @throws DocumentNotConfiguredException if no path is configured for the name
	 * @throws DocumentTypeConflictException if it is open with another type or other
	 * options
	 * @throws DocumentNotAnsweringException if its file does not answer within
	 * {@code atomicwrite.startup-timeout}
	 * @throws io.atomicwrite.AtomicWriteException if its file can't be read, or holds no
	 * valid value and there is no last valid content
	 */
	public <T> AtomicDocument<T> open(String name, DocumentOptions<T> options) {
		return open(name, options, options);
	}

	private synchronized <T> AtomicDocument<T> open(String name, Object key, DocumentOptions<T> options) {
		Opened known = this.opened.get(name);
		if (known == null) {
			known = new Opened(key, options.type().toString(), create(name, options));
			add(name, known);
		}
		else if (!known.key.equals(key)) {
			throw new DocumentTypeConflictException(name, known.type, options.type().toString());
		}
		@SuppressWarnings("unchecked")
		AtomicDocument<T> document = (AtomicDocument<T>) known.document;
		return document;
	}

	private void add(String name, Opened document) {
		this.opened.put(name, document);
		this.names.put(document.document.path(), name);
		Map<String, AtomicDocument<?>> copy = new LinkedHashMap<>();
		this.opened.forEach((key, value) -> copy.put(key, value.document));
		this.all = Collections.unmodifiableMap(copy);
	}

	private <T> AtomicDocument<T> create(String name, DocumentOptions<T> options) {
		DocumentProperties configured = this.properties.of(name);
		Path path = this.properties.path(name);
		new DocumentAnswer(this.properties.startupTimeout()).await(name, this.properties.resolve(path));
		AtomicDocument<T> document = this.operations.get().document(path, configured(name, options, configured));
		document.onChange((before, after) -> this.events
			.publishEvent(new AtomicFileChangedEvent(document.path(), name, before.version(), after.version())));
		return document;
	}

	private <T> DocumentOptions<T> configured(String name, DocumentOptions<T> options, DocumentProperties configured) {
		return options.with((changes) -> {
			configured.apply(name, changes);
			this.properties.stateDirectory().ifPresent(changes::stateDirectory);
		});
	}

	/**
	 * Binds properties of the environment to an object that is exchanged when an imported
	 * file changes, see {@code spring.config.import=atomicfile:}. It is validated if
	 * Jakarta Validation is there.
	 * @param prefix the prefix of the properties
	 * @param type the type, as for {@code @ConfigurationProperties}
	 * @param <T> the type
	 * @return the holder of the object, the same for each call
	 * @throws org.springframework.boot.context.properties.bind.BindException if the
	 * properties can't be bound or are invalid
	 * @throws IllegalArgumentException if the prefix is bound to another type
	 */
	public <T> BoundProperties<T> bound(String prefix, Class<T> type) {
		return this.bindings.bind(prefix, type);
	}

	/**
	 * Returns the documents that are open.
	 * @return the documents by name, in the order in which they were opened
	 */
	public Map<String, AtomicDocument<?>> all() {
		return this.all;
	}

	/**
	 * Returns the names that documents have or may get.
	 * @return the names of open documents and of those with properties
	 */
	public List<String> names() {
		List<String> names = new ArrayList<>(this.properties.names());
		this.all.keySet().stream().filter((name) -> !names.contains(name)).forEach(names::add);
		return List.copyOf(names);
	}

	/**
	 * Returns the name of a document.
	 * @param file the file of the document, as {@link AtomicDocument#path()} returns it
	 * @return its name, or {@value #OTHER} if it has none
	 */
	public String nameOf(Path file) {
		return this.names.getOrDefault(file, OTHER);
	}

	private record Opened(Object key, String type, AtomicDocument<?> document) {
	}

}
