package io.atomicwrite.format.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Surface.Trivia;
import org.jspecify.annotations.Nullable;

/**
 * Changes a text step by step until it has a tree. Each step is parsed again and must
 * have made exactly its change; else the next larger part is written anew, at last the
 * whole text.
 */
final class TreeEditor {

	/** The characters that all steps may parse: beyond, a larger part is written anew. */
	private static final long MAX_WORK = 5_000_000;

	private final Grammar grammar;

	private final Surface original;

	private final @Nullable Object wanted;

	private final Map<String, Integer> removed = new HashMap<>();

	private boolean minimal = true;

	private long work;

	TreeEditor(Grammar grammar, Surface original, @Nullable Object wanted) {
		this.grammar = grammar;
		this.original = original;
		this.wanted = wanted;
	}

	/**
	 * Returns the changed text; {@link #losses} are known then.
	 */
	Surface run() throws IOException {
		Surface now = this.original;
		Surface changed = inPlace(now);
		if (changed != null) {
			now = changed;
		}
		Step step = Steps.first(now.root(), this.wanted, List.of());
		while (step != null) {
			now = take(now, step);
			step = Steps.first(now.root(), this.wanted, List.of());
		}
		return now;
	}

	private @Nullable Surface inPlace(Surface now) {
		List<Splice> splices = new ArrayList<>();
		Object expected = Steps.inPlace(now.root(), this.wanted, (node, value) -> {
			Splice splice = now.set(node, value);
			return splice != null && splices.add(splice);
		});
		return splices.isEmpty() ? null : parsed(Splice.apply(now.text(), splices), expected);
	}

	/** Takes a step, or one of the larger ones that contain it. */
	private Surface take(Surface now, Step step) throws IOException {
		Step next = step;
		while (true) {
			Surface changed = (this.work <= MAX_WORK || next.path().isEmpty()) ? attempt(now, next) : null;
			if (changed != null) {
				note(now, next);
				return changed;
			}
			this.minimal = false;
			if (next.path().isEmpty() && next instanceof Step.Replace) {
				return this.grammar.rewritten(this.wanted);
			}
			List<Object> wider = (next instanceof Step.Replace) ? next.path().subList(0, next.path().size() - 1)
					: next.path();
			next = new Step.Replace(wider, at(now.root(), this.wanted, wider));
		}
	}

	private @Nullable Surface attempt(Surface now, Step step) {
		List<Splice> splices = now.splices(step);
		if (splices == null) {
			return null;
		}
		return parsed(Splice.apply(now.text(), splices), with(now.root().tree(), step.path(), 0, step));
	}

	private @Nullable Surface parsed(String text, @Nullable Object expected) {
		this.work += text.length();
		try {
			Surface changed = this.grammar.parse(text);
			return isAsExpected(changed.root(), expected) ? changed : null;
		}
		catch (MalformedContentException ex) {
			return null;
		}
	}

	/** What is there by reference may have changed along; that is a step of its own. */
	private static boolean isAsExpected(Node node, @Nullable Object expected) {
		if (node.isAlias()) {
			return true;
		}
		if (node.isMap() && expected instanceof Map<?, ?> map) {
			return map.size() == node.children().size() && node.children()
				.stream()
				.allMatch((child) -> map.containsKey(child.key()) && isAsExpected(child.node(), map.get(child.key())));
		}
		if (node.kind() == Node.Kind.LIST && expected instanceof List<?> list) {
			for (int i = 0; i < list.size() && i < node.children().size(); i++) {
				if (!isAsExpected(node.children().get(i).node(), list.get(i))) {
					return false;
				}
			}
			return list.size() == node.children().size();
		}
		return node.isScalar() && Trees.equal(node.tree(), expected);
	}

	private static @Nullable Object with(@Nullable Object tree, List<Object> path, int depth, Step step) {
		if (depth == path.size()) {
			return step.result(tree);
		}
		Object key = path.get(depth);
		if (tree instanceof List<?> elements) {
			List<@Nullable Object> list = new ArrayList<>(elements);
			list.set((Integer) key, with(list.get((Integer) key), path, depth + 1, step));
			return list;
		}
		Map<String, @Nullable Object> map = new LinkedHashMap<>(Trees.map(Objects.requireNonNull(tree)));
		map.put((String) key, with(map.get(key), path, depth + 1, step));
		return map;
	}

	/**
	 * What is wanted at a path of the text; elements of lists may stand elsewhere there.
	 */
	private static @Nullable Object at(Node node, @Nullable Object wanted, List<Object> path) {
		if (path.isEmpty()) {
			return wanted;
		}
		Object key = path.get(0);
		List<Object> rest = path.subList(1, path.size());
		if (key instanceof Integer place) {
			List<@Nullable Object> now = Trees.list(Objects.requireNonNull(node.tree()));
			List<@Nullable Object> list = Trees.list(Objects.requireNonNull(wanted));
			for (Alignment.Pair pair : Alignment.of(now, list)) {
				if (pair.isKept() && pair.before() == place) {
					return at(node.children().get(place).node(), list.get(pair.after()), rest);
				}
			}
		}
		return at(node.at(List.of(key)), Trees.map(Objects.requireNonNull(wanted)).get(key), rest);
	}

	private void note(Surface now, Step step) {
		Node node = now.root().at(step.path());
		if (step instanceof Step.Replace && node.isAlias()) {
			this.minimal = false;
		}
		if (step instanceof Step.Remove remove && this.minimal) {
			noteRemoved(now, node, remove);
		}
	}

	/** What goes with the parts that are removed on purpose is no loss. */
	private void noteRemoved(Surface now, Node node, Step.Remove remove) {
		int from = node.children().get(remove.from()).start();
		int to = lineEnd(now.text(), node.children().get(remove.to() - 1).end());
		for (Trivia trivia : now.trivia()) {
			if (trivia.start() >= from && trivia.start() < to) {
				this.removed.merge(trivia.identity(), 1, Integer::sum);
			}
		}
	}

	private static int lineEnd(String text, int from) {
		int end = text.indexOf('\n', from);
		return (end < 0) ? text.length() : end;
	}

	/** Returns what the result lacks of the original, each with its line there. */
	List<String> losses(Surface result) {
		if (result == this.original) {
			return List.of();
		}
		List<Trivia> missing = unmatched(this.original, result);
		Map<String, Integer> kept = new HashMap<>(this.removed);
		unmatched(result, this.original).forEach((trivia) -> kept.merge(trivia.identity(), 1, Integer::sum));
		List<String> losses = new ArrayList<>();
		for (Trivia trivia : missing) {
			if (kept.merge(trivia.identity(), -1, Integer::sum) < 0) {
				losses.add("line " + Lines.of(this.original.text(), trivia.start()).line() + ": " + trivia.kind());
			}
		}
		if (losses.isEmpty() && !this.minimal) {
			losses.add("what the change stands beside: a part was written anew, or a reference is overridden");
		}
		return losses;
	}

	/** What one text has in no line that the other has, too. */
	private static List<Trivia> unmatched(Surface text, Surface other) {
		Map<String, Integer> lines = new HashMap<>();
		other.trivia().forEach((trivia) -> lines.merge(inLine(other, trivia), 1, Integer::sum));
		List<Trivia> unmatched = new ArrayList<>();
		for (Trivia trivia : text.trivia()) {
			if (lines.merge(inLine(text, trivia), -1, Integer::sum) < 0) {
				unmatched.add(trivia);
			}
		}
		return unmatched;
	}

	private static String inLine(Surface surface, Trivia trivia) {
		int start = Lines.start(surface.text(), trivia.start());
		return trivia.identity() + "\n" + surface.text().substring(start, Lines.end(surface.text(), trivia.start()));
	}

}
