package io.atomicwrite.document;

import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * What a value was before a function got it. Used by one thread.
 */
final class Fingerprint {

	private final @Nullable Object before;

	private final Supplier<@Nullable Object> now;

	/**
	 * Takes the fingerprint of a value.
	 * @param now returns the tree that the value has now, which changes no more
	 */
	Fingerprint(Supplier<@Nullable Object> now) {
		this.now = now;
		this.before = now.get();
	}

	/**
	 * Makes sure that the function has left the value alone.
	 * @return the tree of the value
	 * @throws IllegalStateException if it has not; names the fields that were changed
	 */
	@Nullable Object requireUnchanged() {
		Object after = this.now.get();
		if (!Trees.equal(this.before, after)) {
			List<FieldChange> changes = new TreeDiff(new Secrets(List.of())).of(this.before, after);
			throw new IllegalStateException("the function has changed the value that it was given, which others read: "
					+ String.join(", ", changes.stream().map(FieldChange::pointer).toList())
					+ "; it must leave that value alone and return a changed copy, as is natural with records of "
					+ "immutable values; nothing was written");
		}
		return this.before;
	}

}
