package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.document.FieldChange.Kind;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Lists how two trees differ. Used once.
 */
final class TreeDiff {

	private final Secrets secrets;

	private final List<FieldChange> changes = new ArrayList<>();

	TreeDiff(Secrets secrets) {
		this.secrets = secrets;
	}

	List<FieldChange> of(@Nullable Object before, @Nullable Object after) {
		compare(FieldPath.WHOLE, before, after);
		return this.changes;
	}

	private void compare(FieldPath path, @Nullable Object before, @Nullable Object after) {
		if (Trees.equal(before, after)) {
			return;
		}
		if (before instanceof Map<?, ?> map && after instanceof Map<?, ?> other) {
			compareMaps(path, map, other);
		}
		else if (before instanceof List<?> list && after instanceof List<?> other) {
			compareLists(path, list, other);
		}
		else {
			add(path, before, after, Kind.CHANGED);
		}
	}

	private void compareMaps(FieldPath path, Map<?, ?> before, Map<?, ?> after) {
		before.forEach((key, value) -> {
			if (after.containsKey(key)) {
				compare(path.with(key), value, after.get(key));
			}
			else {
				add(path.with(key), value, null, Kind.REMOVED);
			}
		});
		after.forEach((key, value) -> {
			if (!before.containsKey(key)) {
				add(path.with(key), null, value, Kind.ADDED);
			}
		});
	}

	/** What both lists begin and end with is left out. */
	private void compareLists(FieldPath path, List<?> before, List<?> after) {
		int shorter = Math.min(before.size(), after.size());
		int start = 0;
		while (start < shorter && Trees.equal(before.get(start), after.get(start))) {
			start++;
		}
		int end = 0;
		while (end < shorter - start
				&& Trees.equal(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
			end++;
		}
		for (int i = start; i < before.size() - end || i < after.size() - end; i++) {
			if (i >= before.size() - end) {
				add(path.with(i), null, after.get(i), Kind.ADDED);
			}
			else if (i >= after.size() - end) {
				add(path.with(i), before.get(i), null, Kind.REMOVED);
			}
			else {
				compare(path.with(i), before.get(i), after.get(i));
			}
		}
	}

	private void add(FieldPath path, @Nullable Object before, @Nullable Object after, Kind kind) {
		this.changes.add(new FieldChange(path.pointer(), this.secrets.masked(path, before),
				this.secrets.masked(path, after), kind));
	}

}
