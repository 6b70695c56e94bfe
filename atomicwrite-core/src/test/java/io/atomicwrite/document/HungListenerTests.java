package io.atomicwrite.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.document.Snapshot.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener that keeps others waiting costs bounded memory, and misses no last state.
 */
class HungListenerTests {

	private final AtomicReference<Runnable> thread = new AtomicReference<>();

	private final Lane<Integer> lane = new Lane<>(this.thread::set, Runnable::run, (failure) -> {
		throw new AssertionError(failure);
	});

	private final List<String> seen = new ArrayList<>();

	HungListenerTests() {
		this.lane.add((before, after) -> this.seen.add(before.value() + "->" + after.value()));
		this.lane.add((DocumentProblem problem) -> this.seen.add(problem.message()));
	}

	@Test
	void eachOwnChangeIsAnEventOfItsOwnUpToTheLimit() {
		changes(0, Lane.MOST);
		this.thread.get().run();
		assertThat(this.seen).hasSize(Lane.MOST).startsWith("0->1", "1->2");
	}

	@Test
	void changesBeyondTheLimitAreOneAndLeadToTheLastValue() {
		changes(0, Lane.MOST * 3);
		this.thread.get().run();
		assertThat(this.seen).hasSize(Lane.MOST).startsWith("0->1").endsWith((Lane.MOST - 1) + "->" + Lane.MOST * 3);
	}

	@Test
	void problemsBetweenThemAreBoundedToo() {
		for (int i = 0; i < Lane.MOST * 2; i++) {
			changes(i, i + 1);
			this.lane.problem(DocumentProblem.of(Path.of("f"), Kind.EMPTY, 0, 0, "problem " + i));
		}
		this.thread.get().run();
		assertThat(this.seen).hasSize(Lane.MOST);
		assertThat(this.seen.subList(Lane.MOST - 2, Lane.MOST))
			.containsExactly((Lane.MOST / 2 - 1) + "->" + Lane.MOST * 2, "problem " + (Lane.MOST * 2 - 1));
	}

	private void changes(int from, int to) {
		for (int i = from; i < to; i++) {
			this.lane.changed(snapshot(i), snapshot(i + 1));
		}
	}

	private static Snapshot<Integer> snapshot(int value) {
		return new Snapshot<>(value, Version.none(), value + 1, Source.OWN, Optional.empty());
	}

}
