package io.atomicwrite.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Changes a YAML file that has aliases or merge keys. What changes at an anchor changes
 * for all that refer to it; what stands somewhere only by reference is not changed there.
 */
final class YamlReferences {

	private static final String COST = "an anchor, an alias or a merge key";

	private final @Nullable Object whole;

	private final @Nullable Object wanted;

	/**
	 * Creates the edit of a file.
	 * @param whole its tree, with what the references stand for
	 * @param wanted the tree with the changes
	 */
	YamlReferences(@Nullable Object whole, @Nullable Object wanted) {
		this.whole = whole;
		this.wanted = wanted;
	}

	/** Whether it is worth a look. */
	static boolean mayBeIn(byte[] content) {
		for (byte next : content) {
			if (next == '*') {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns the edit, or {@code null} if there are no references.
	 * @param before the content
	 * @param changes the changes
	 * @param formatting what happens to the rest of the text
	 * @throws NotMinimalException if the edit would cost more than the formatting allows,
	 * a reference above all
	 */
	@Nullable Edit edit(byte[] before, List<TreeChange> changes, Formatting formatting) throws IOException {
		Grammar grammar = Grammar.yamlWithReferences(FormatLimits.defaults());
		Object own = grammar.read(before).tree();
		if (!refers(own)) {
			return null;
		}
		Object now = this.whole;
		for (TreeChange change : changes) {
			requireOwn(change, own, now);
			own = change.apply(own);
			now = change.apply(now);
		}
		Edit edit;
		try {
			edit = grammar.edit(before, own, formatting);
		}
		catch (MalformedContentException ex) {
			// an alias without its anchor
			throw new NotMinimalException(List.of(COST));
		}
		Object after = DataFormat.YAML.grammar().read(edit.content()).tree();
		for (TreeChange change : changes) {
			// what was removed may now show what is merged
			if (!change.removes() && !Trees.equal(at(after, change.path()), at(this.wanted, change.path()))) {
				throw new NotMinimalException(List.of(COST));
			}
		}
		if (hasMergeKey(after) && !hasMergeKey(this.whole)) {
			throw new NotMinimalException(List.of(COST));
		}
		return edit;
	}

	/** Whether a merge key has become a key as any other. */
	private static boolean hasMergeKey(@Nullable Object tree) {
		if (tree instanceof Map<?, ?> map) {
			return map.containsKey("<<") || map.values().stream().anyMatch(YamlReferences::hasMergeKey);
		}
		return tree instanceof List<?> list && list.stream().anyMatch(YamlReferences::hasMergeKey);
	}

	private static boolean refers(@Nullable Object tree) {
		if (tree instanceof Map<?, ?> map) {
			return map.values().stream().anyMatch(YamlReferences::refers);
		}
		return (tree instanceof List<?> list) ? list.stream().anyMatch(YamlReferences::refers)
				: Grammar.isReference(tree);
	}

	private static void requireOwn(TreeChange change, @Nullable Object own, @Nullable Object whole) {
		Object node = own;
		Object there = whole;
		for (int depth = 0; depth < change.path().size(); depth++) {
			Object step = change.path().get(depth);
			if (node instanceof Map<?, ?> map && !map.containsKey(step) && there instanceof Map<?, ?> all
					&& all.containsKey(step)) {
				// a value of its own in the place of a merged one is what merge keys are
				// for
				if (change.removes() || depth < change.path().size() - 1) {
					throw byReference(change, depth, "a merge key");
				}
			}
			node = at(node, List.of(step));
			there = at(there, List.of(step));
			if (Grammar.isReference(node)) {
				if (change.removes() && depth == change.path().size() - 1) {
					return;
				}
				throw byReference(change, depth, "an alias");
			}
		}
	}

	private static Failure byReference(TreeChange change, int depth, String what) {
		List<Object> path = new ArrayList<>(change.path().subList(0, depth + 1));
		StringBuilder text = new StringBuilder();
		for (Object step : path) {
			text.append((step instanceof Integer) ? "[" + step + "]" : ((text.length() > 0) ? "." : "") + step);
		}
		return Failure.of("", text + " stands there only by " + what, "change it where its anchor is");
	}

	private static @Nullable Object at(@Nullable Object tree, List<Object> path) {
		Object node = tree;
		for (Object step : path) {
			if (node instanceof List<?> list && step instanceof Integer place) {
				node = (place < list.size()) ? list.get(place) : null;
			}
			else {
				node = (node instanceof Map<?, ?> map) ? map.get(step) : null;
			}
		}
		return node;
	}

}
