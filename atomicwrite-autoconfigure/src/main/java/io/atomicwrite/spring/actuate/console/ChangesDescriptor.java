package io.atomicwrite.spring.actuate.console;

import java.time.Instant;
import java.util.List;

import io.atomicwrite.document.FieldChange;
import io.atomicwrite.document.Snapshot.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of the last change of a document.
 *
 * @param path the path of the document
 * @param at when it changed, absent if it has not changed since it was opened
 * @param source who has changed it
 * @param changes the changed fields; their values only where they may be shown
 */
public record ChangesDescriptor(String path, @Nullable Instant at, @Nullable Source source,
		List<ChangedField> changes) implements OperationResponseBody {

	/**
	 * Description of a changed field. Declared secrets are always masked.
	 *
	 * @param pointer where, as a JSON pointer
	 * @param kind the kind of change
	 * @param before what was there, absent if it was added or is not shown
	 * @param after what is there now, absent if it was removed or is not shown
	 */
	public record ChangedField(String pointer, FieldChange.Kind kind, @Nullable Object before, @Nullable Object after) {

		static ChangedField of(FieldChange change, boolean withValues) {
			return new ChangedField(change.pointer(), change.kind(), withValues ? change.before() : null,
					withValues ? change.after() : null);
		}

	}

}
