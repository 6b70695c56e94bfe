package io.atomicwrite.document;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.document.Ticket.Step;
import io.atomicwrite.manifest.Stamp;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of changes, each as a step from one draft to the next.
 *
 * @param <T> the type of the value
 */
final class Steps<T> {

	private final DocumentFile file;

	private final DocumentCodec<T> codec;

	Steps(DocumentFile file, DocumentCodec<T> codec) {
		this.file = file;
		this.codec = codec;
	}

	/** Returns what the content that a change made says of its making. */
	Optional<Stamp> stamp(Draft<T> draft) {
		return Optional.ofNullable(draft.content()).flatMap(this.codec::stamp);
	}

	Step<T> update(UnaryOperator<T> change) {
		Objects.requireNonNull(change, "the change of an update is null; nothing was written");
		return (draft) -> {
			draft.requireValid();
			Applied<T> applied = apply(change, draft.value());
			return draft.with(applied.after(), applied.before(), this.codec);
		};
	}

	/**
	 * Invokes a function of the application, and finds out if it modifies its argument.
	 */
	private Applied<T> apply(UnaryOperator<T> change, T before) {
		Fingerprint fingerprint = this.codec.fingerprint(before);
		T after;
		try {
			after = change.apply(before);
		}
		catch (Throwable ex) {
			requireUnchanged(fingerprint);
			throw ex;
		}
		Object tree = requireUnchanged(fingerprint);
		return new Applied<>(tree, Objects.requireNonNull(after, "the change of an update must return a value"));
	}

	private static @Nullable Object requireUnchanged(Fingerprint fingerprint) {
		try {
			return fingerprint.requireUnchanged();
		}
		catch (IllegalStateException ex) {
			throw new MutatedValueException(ex);
		}
	}

	Step<T> replace(T value, Version expected) {
		Objects.requireNonNull(value, "the value is null; nothing was written");
		return (draft) -> {
			requireKnownSchema(draft);
			Ticket.requireVersion(this.file.canonical(), draft, expected);
			return draft.with(value, this.codec);
		};
	}

	Step<T> restore(byte[] content) {
		return (draft) -> {
			requireKnownSchema(draft);
			return draft.with(valid(content), content);
		};
	}

	Step<T> recoverDefaults() {
		return (draft) -> {
			requireRecoverable(draft);
			if (this.codec.missing() instanceof Reading.Valid<T> defaults) {
				return draft.with(defaults.value(), this.codec);
			}
			throw new IllegalStateException(this.file.path() + ": the document has no valid defaults to recover from");
		};
	}

	Step<T> recoverLastGood(Supplier<Optional<byte[]>> lastGood) {
		return (draft) -> {
			requireRecoverable(draft);
			byte[] content = lastGood.get()
				.orElseThrow(() -> new IllegalStateException(
						this.file.path() + ": there is no last valid content to recover from"));
			return draft.with(valid(content), content);
		};
	}

	private T valid(byte[] content) {
		Reading<T> reading = this.codec.read(content);
		if (reading instanceof Reading.Valid<T> valid) {
			return valid.value();
		}
		throw InvalidDocumentException.ofFile((reading instanceof Reading.Invalid<T> invalid) ? invalid.problem()
				: ((Reading.TooNew<T>) reading).problem());
	}

	/**
	 * Changes without regard to what is there, but for what a newer application wrote.
	 */
	private static void requireKnownSchema(Draft<?> draft) {
		if (draft.problem().filter((problem) -> problem.kind() == Kind.TOO_NEW).isPresent()) {
			draft.requireValid();
		}
	}

	private void requireRecoverable(Draft<T> draft) {
		requireKnownSchema(draft);
		if (draft.problem().isEmpty() && draft.content() != null) {
			throw new IllegalStateException(this.file.path() + ": the file is valid; nothing has to be recovered");
		}
	}

	/** What a change would do to what is served. */
	Change<T> preview(Holder<T> holder, UnaryOperator<T> change) {
		Draft<T> draft = holder.held().draft();
		try {
			T after = apply(change, draft.value()).after();
			// finds out whether it could be written
			this.codec.write(draft.content(), after);
			return new Change<>(draft.value(), after, this.codec.diff(draft.value(), after));
		}
		catch (MutatedValueException ex) {
			holder.repair();
			throw ex.found();
		}
	}

	/**
	 * What a function has made.
	 *
	 * @param before the tree of the value that it was given
	 * @param after the value that it returned
	 */
	private record Applied<T>(@Nullable Object before, T after) {
	}

}
