package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How far two writers had come when the machine crashed: the contents that each target
 * had so far, in order, and from which of them on a crash may leave it.
 *
 * @param histories the contents by target, the one before the race first; none is the
 * empty string
 * @param durable the place in its history of what was acknowledged last
 */
record RaceMoment(Map<Path, List<String>> histories, Map<Path, Integer> durable) {

	static RaceMoment of(CrashImage before, Set<Path> targets, List<CrashStep> steps) {
		Map<Path, List<String>> histories = new LinkedHashMap<>();
		Map<Path, Integer> durable = new HashMap<>();
		for (Path target : targets) {
			histories.put(target, new ArrayList<>(List.of(Objects.requireNonNullElse(before.text(target), ""))));
			durable.put(target, 0);
		}
		Map<Integer, String> written = new HashMap<>();
		for (CrashStep step : steps) {
			List<String> history = (step.other() != null) ? histories.get(step.other()) : null;
			if (step.kind() == Kind.WRITE) {
				written.merge(step.inode(), step.text(), String::concat);
			}
			else if (history != null) {
				history.add(Objects.requireNonNull(written.get(step.inode())));
			}
			else if (step.kind() == Kind.ACKNOWLEDGE) {
				histories
					.forEach((target, contents) -> durable.merge(target, contents.indexOf(step.text()), Math::max));
			}
		}
		return new RaceMoment(histories, durable);
	}

	/** Says what is wrong with the content of a target. */
	@Nullable String wrong(Path target, @Nullable String text) {
		List<String> history = Objects.requireNonNull(this.histories.get(target));
		int found = history.indexOf(Objects.requireNonNullElse(text, ""));
		if (found < 0) {
			return (text != null) ? "torn" : "missing";
		}
		return (found < Objects.requireNonNull(this.durable.get(target))) ? "acknowledged and lost" : null;
	}

	/** The contents that a target had before the one that it has. */
	List<String> before(Path target, String text) {
		List<String> history = Objects.requireNonNull(this.histories.get(target));
		return history.subList(0, Math.max(0, history.indexOf(text)))
			.stream()
			.filter((content) -> !content.isEmpty())
			.toList();
	}

}
