package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.atomicwrite.format.RandomDocument.Change;
import io.atomicwrite.format.RandomDocument.Kind;
import io.atomicwrite.format.syntax.Trees;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random documents in random styles, and random changes: the result has exactly the
 * wanted tree, and each line that the change does not touch is the same byte for byte.
 */
abstract class MinimalEdits {

	private static int edits;

	private static int rewrites;

	private final EditableFormat format;

	private final boolean nothing;

	private final boolean textsAlone;

	MinimalEdits(EditableFormat format, boolean nothing, boolean textsAlone) {
		this.format = format;
		this.nothing = nothing;
		this.textsAlone = textsAlone;
	}

	/** Writes a tree in a random style. */
	abstract WrittenDocument write(Map<String, @Nullable Object> tree, Random random);

	/** Reads a tree by another way than the format's, or returns the expected one. */
	abstract @Nullable Object readOtherwise(byte[] content, @Nullable Object expected) throws Exception;

	/** Whether a neighbour's line changes, too, as by a comma. */
	abstract boolean touchesNeighbours();

	@BeforeContainer
	static void begin() {
		edits = 0;
		rewrites = 0;
	}

	@AfterContainer
	static void fewEditsAreNotMinimal() {
		assertThat(rewrites).as("edits of " + edits + " that were not minimal").isLessThanOrEqualTo(edits / 12);
	}

	@Property(tries = 1000)
	void whatAChangeDoesNotTouchStays(@ForAll long seed) throws Exception {
		Random random = new Random(seed);
		RandomDocument documents = new RandomDocument(random, this.nothing, this.textsAlone);
		Map<String, @Nullable Object> tree = documents.map(3);
		WrittenDocument old = write(tree, random);
		byte[] content = old.content();
		assertTree(content, tree, content);
		assertThat(this.format.editTree(content, tree, Formatting.REQUIRE_MINIMAL).content()).isEqualTo(content);
		Map<String, @Nullable Object> wanted = copy(tree);
		Change change = documents.change(wanted);
		Edit edit = this.format.editTree(content, wanted, Formatting.MINIMAL);
		edits++;
		assertTree(edit.content(), wanted, content);
		Set<Integer> touched = touched(old, tree, change);
		if (!edit.minimal()) {
			rewrites++;
			assertThat(edit.losses()).isNotEmpty();
			return;
		}
		assertThat(old.missing(touched, edit.content()))
			.as(() -> change + " lost a line of:\n" + text(content) + "\nand made:\n" + text(edit.content()))
			.isEmpty();
	}

	@Property(tries = 100)
	void manyChangesMakeTheWantedTree(@ForAll long seed) throws Exception {
		Random random = new Random(seed);
		RandomDocument documents = new RandomDocument(random, this.nothing, this.textsAlone);
		Map<String, @Nullable Object> tree = documents.map(4);
		byte[] content = write(tree, random).content();
		Map<String, @Nullable Object> wanted = copy(tree);
		for (int i = 0; i < 6 && !wanted.isEmpty(); i++) {
			documents.change(wanted);
		}
		assertTree(this.format.editTree(content, wanted, Formatting.MINIMAL).content(), wanted, content);
		assertTree(this.format.editTree(content, wanted, Formatting.REWRITE).content(), wanted, content);
	}

	private void assertTree(byte[] content, @Nullable Object expected, byte[] old) throws Exception {
		Object held = held(expected);
		assertThat(Trees.equal(this.format.readTree(content), held))
			.as(() -> "expected " + held + " of:\n" + text(content) + "\nfrom:\n" + text(old))
			.isTrue();
		Object other = readOtherwise(content, held);
		assertThat(Trees.equal(other, held))
			.as(() -> "another reader found " + other + " for " + held + "\nin " + text(content))
			.isTrue();
	}

	/** Lines that a format has to touch, too. */
	Set<Integer> beside(WrittenDocument old, Map<String, @Nullable Object> tree, Change change) {
		return Set.of();
	}

	/** What the format can hold of a tree. */
	@Nullable Object held(@Nullable Object tree) {
		return tree;
	}

	/** The trees do not say which of several equal elements in a row is gone. */
	private static List<List<Object>> equalNeighbours(Map<String, @Nullable Object> tree, List<Object> path) {
		List<Object> container = path.subList(0, path.size() - 1);
		List<List<Object>> twins = new ArrayList<>();
		if (path.get(path.size() - 1) instanceof Integer index
				&& RandomDocument.at(tree, container) instanceof List<?> list) {
			for (int step : new int[] { -1, 1 }) {
				for (int i = index + step; i >= 0 && i < list.size()
						&& Trees.equal(list.get(i), list.get(index)); i += step) {
					List<Object> twin = new ArrayList<>(container);
					twin.add(i);
					twins.add(twin);
				}
			}
		}
		return twins;
	}

	private Set<Integer> touched(WrittenDocument old, Map<String, @Nullable Object> tree, Change change) {
		List<Object> path = change.path();
		Set<Integer> touched = new HashSet<>(old.lines(path));
		touched.addAll(beside(old, tree, change));
		if (change.kind() == Kind.REMOVE) {
			equalNeighbours(tree, path).forEach((twin) -> touched.addAll(old.lines(twin)));
		}
		if (change.kind() == Kind.ADD && !path.isEmpty() && !old.isInline(path)) {
			touched.removeAll(old.lines(path));
		}
		if (change.kind() == Kind.ADD || change.kind() == Kind.REMOVE) {
			List<Object> container = (change.kind() == Kind.ADD) ? path : path.subList(0, path.size() - 1);
			Object now = RandomDocument.at(tree, container);
			boolean small = (now instanceof Map<?, ?> map) ? map.size() <= 1 : ((List<?>) now).size() <= 1;
			if (small || !container.isEmpty() && old.isInline(container)) {
				// an empty one is written otherwise
				touched.addAll(old.lines(container));
			}
			else if (touchesNeighbours()) {
				children(now, container)
					.forEach((child) -> old.lines(child).stream().max(Integer::compare).ifPresent(touched::add));
			}
		}
		return touched;
	}

	private static List<List<Object>> children(@Nullable Object value, List<Object> path) {
		List<List<Object>> children = new java.util.ArrayList<>();
		if (value instanceof Map<?, ?> map) {
			map.keySet().forEach((key) -> children.add(RandomDocument.with(path, key)));
		}
		else if (value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				children.add(RandomDocument.with(path, i));
			}
		}
		return children;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> tree) {
		return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(Trees.canonical(tree));
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.UTF_8);
	}

}
