package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.Edit;
import org.jspecify.annotations.Nullable;

/**
 * What a document is about to become: the value after the changes so far, and the content
 * that holds it. Immutable.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param content the content, or {@code null} if there is no file, or none that could be
 * built on
 * @param version the version that who has seen the value knows it by
 * @param problem why there is nothing to build on, empty if there is
 * @param losses what the text of the file has lost
 */
record Draft<T>(T value, byte @Nullable [] content, Version version, Optional<DocumentProblem> problem,
		List<String> losses) {

	/** Returns the draft with another value, or this one if nothing changes. */
	Draft<T> with(T after, DocumentCodec<T> codec) {
		if (this.content != null && this.problem.isEmpty() && codec.isSame(this.value, after)
				&& codec.isOfSameRun(this.content)) {
			return this;
		}
		return of(after, codec.write(this.content, after));
	}

	/**
	 * Returns the draft with another value, or this one if nothing changes.
	 * @param before the tree of this draft's value
	 */
	Draft<T> with(T after, @Nullable Object before, DocumentCodec<T> codec) {
		if (this.content == null || this.problem.isPresent() || !codec.isOfSameRun(this.content)) {
			return of(after, codec.write(this.content, after));
		}
		return this.value.equals(after) ? this
				: codec.change(this.content, before, after).map((edit) -> of(after, edit)).orElse(this);
	}

	private Draft<T> of(T after, Edit edit) {
		List<String> all = new ArrayList<>(this.losses);
		all.addAll(edit.losses());
		return new Draft<>(after, edit.content(), Version.of(edit.content()), Optional.empty(), List.copyOf(all));
	}

	/** Returns the draft with another content, whose value is known. */
	Draft<T> with(T after, byte[] bytes) {
		return new Draft<>(after, bytes, Version.of(bytes), Optional.empty(), List.of());
	}

	/** Refuses to build on nothing. */
	void requireValid() {
		if (this.problem.isPresent()) {
			throw InvalidDocumentException.ofFile(this.problem.get());
		}
	}

}
