package io.atomicwrite.spring.actuate.console;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.document.FieldChange;
import io.atomicwrite.document.Snapshot;

/**
 * The last change of each document that is open. Keeps the fields that changed, with
 * secrets masked. Thread-safe.
 */
public final class DocumentChanges implements DocumentListener {

	private final InstantSource clock;

	private final Map<Path, Last> last = new ConcurrentHashMap<>();

	/**
	 * Creates an instance without changes.
	 * @param clock the clock for the times of changes
	 */
	public DocumentChanges(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public void opened(AtomicDocument<?> document) {
		follow(document);
	}

	@Override
	public void closed(AtomicDocument<?> document) {
		this.last.remove(document.path());
	}

	private <T> void follow(AtomicDocument<T> document) {
		document.onChange((before, after) -> this.last.put(document.path(),
				new Last(this.clock.instant(), after.source(), difference(document, before))));
	}

	/** A preview shows the way back from the current value, so it is turned round. */
	private static <T> List<FieldChange> difference(AtomicDocument<T> document, Snapshot<? extends T> before) {
		try {
			return document.preview((current) -> before.value())
				.diff()
				.stream()
				.map(DocumentChanges::reversed)
				.toList();
		}
		catch (AtomicWriteException ex) {
			// the old value is no longer a valid one
			return List.of();
		}
	}

	private static FieldChange reversed(FieldChange change) {
		FieldChange.Kind kind = switch (change.kind()) {
			case ADDED -> FieldChange.Kind.REMOVED;
			case REMOVED -> FieldChange.Kind.ADDED;
			case CHANGED -> FieldChange.Kind.CHANGED;
		};
		return new FieldChange(change.pointer(), change.after(), change.before(), kind);
	}

	ChangesDescriptor describe(AtomicDocument<?> document, boolean withValues) {
		Last change = this.last.get(document.path());
		if (change == null) {
			return new ChangesDescriptor(document.path().toString(), null, null, List.of());
		}
		return new ChangesDescriptor(document.path().toString(), change.at, change.source,
				change.fields.stream().map((field) -> ChangesDescriptor.ChangedField.of(field, withValues)).toList());
	}

	private record Last(Instant at, Snapshot.Source source, List<FieldChange> fields) {
	}

}
