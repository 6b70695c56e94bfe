package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.document.DocumentProblem;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A {@link DocumentListener} that measures documents by their names alone. All meters of
 * the documents with properties exist from the start of the application. Thread-safe.
 */
public class MicrometerDocumentListener implements DocumentListener, MeterBinder {

	private static final String DOCUMENT = MeterTag.DOCUMENT.asString();

	private final MeterRegistry registry;

	private final AtomicDocuments documents;

	/**
	 * Creates a listener.
	 * @param registry the registry of the meters
	 * @param documents the documents
	 */
	public MicrometerDocumentListener(MeterRegistry registry, AtomicDocuments documents) {
		this.registry = registry;
		this.documents = documents;
	}

	@Override
	public void bindTo(MeterRegistry target) {
		this.documents.names().forEach((name) -> bind(target, name));
		bind(target, AtomicDocuments.OTHER);
	}

	private void bind(MeterRegistry target, String name) {
		update(target, name);
		changes(target, name);
		reloads(target, name);
		problems(target, name);
		failures(target, name);
		listenerFailures(target, name);
		if (!name.equals(AtomicDocuments.OTHER)) {
			AtomicWriteMeterDocumentation.DOCUMENT_VALID.gauge(() -> valid(name)).tag(DOCUMENT, name).register(target);
		}
	}

	/** Nothing is known to be wrong with a document that is not opened yet. */
	private double valid(String name) {
		AtomicDocument<?> document = this.documents.all().get(name);
		if (document == null) {
			return 1;
		}
		DocumentStatus status = document.status();
		return (status == DocumentStatus.INVALID || status == DocumentStatus.MISSING) ? 0 : 1;
	}

	@Override
	public void updated(Path file, int changes, Duration took) {
		String name = this.documents.nameOf(file);
		update(this.registry, name).record(took);
		changes(this.registry, name).record(changes);
	}

	@Override
	public void updateFailed(Path file, Throwable failure) {
		failures(this.registry, this.documents.nameOf(file)).increment();
	}

	@Override
	public void reloaded(Path file) {
		reloads(this.registry, this.documents.nameOf(file)).increment();
	}

	@Override
	public void problem(Path file, DocumentProblem problem) {
		problems(this.registry, this.documents.nameOf(file)).increment();
	}

	@Override
	public void listenerFailed(Path file, Throwable failure) {
		listenerFailures(this.registry, this.documents.nameOf(file)).increment();
	}

	private static Timer update(MeterRegistry registry, String name) {
		return AtomicWriteMeterDocumentation.DOCUMENT_UPDATE.timer().tag(DOCUMENT, name).register(registry);
	}

	private static DistributionSummary changes(MeterRegistry registry, String name) {
		return AtomicWriteMeterDocumentation.DOCUMENT_CHANGES.summary().tag(DOCUMENT, name).register(registry);
	}

	private static Counter reloads(MeterRegistry registry, String name) {
		return counter(registry, AtomicWriteMeterDocumentation.DOCUMENT_RELOADS, name);
	}

	private static Counter problems(MeterRegistry registry, String name) {
		return counter(registry, AtomicWriteMeterDocumentation.DOCUMENT_PROBLEMS, name);
	}

	private static Counter failures(MeterRegistry registry, String name) {
		return counter(registry, AtomicWriteMeterDocumentation.DOCUMENT_UPDATE_FAILURES, name);
	}

	private static Counter listenerFailures(MeterRegistry registry, String name) {
		return counter(registry, AtomicWriteMeterDocumentation.DOCUMENT_LISTENER_FAILURES, name);
	}

	private static Counter counter(MeterRegistry registry, AtomicWriteMeterDocumentation meter, String name) {
		return meter.counter().tag(DOCUMENT, name).register(registry);
	}

}
