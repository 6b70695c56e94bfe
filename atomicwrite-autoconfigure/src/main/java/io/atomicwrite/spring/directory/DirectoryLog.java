package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs one line for each managed directory when it is first looked at, and one for each
 * change of its mount, its levels and whether it can be written, with the remedy. At most
 * one line every ten seconds for each directory: what changes in between is logged by the
 * next look, if it still differs. A directory that is not where it was is logged by
 * {@link ManagedMounts}. Thread-safe.
 */
public final class DirectoryLog implements DirectoryListener {

	private static final Log logger = LogFactory.getLog(DirectoryLog.class);

	private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

	private final SafetyPolicy safety;

	private final long pauseNanos;

	private final Map<String, Logged> last = new ConcurrentHashMap<>();

	/**
	 * Creates a log.
	 * @param safety the safety policy of the writes of the application
	 */
	public DirectoryLog(SafetyPolicy safety) {
		this(safety, PAUSE_NANOS);
	}

	DirectoryLog(SafetyPolicy safety, long pauseNanos) {
		this.safety = safety;
		this.pauseNanos = pauseNanos;
	}

	@Override
	public void looked(ManagedDirectory directory, Answer<DirectoryInspection> answer) {
		if (!answer.silent()) {
			log(directory, answer.current().map(State::of).orElseGet(() -> State.failed(answer.problem().orElse(""))));
		}
	}

	/**
	 * Logs a directory that was inspected without a look, as at the start.
	 * @param found what was found
	 */
	public void inspected(DirectoryInspection found) {
		log(found.directory(), State.of(found));
	}

	private void log(ManagedDirectory directory, State now) {
		this.last.compute(directory.name(), (name, before) -> {
			if (before == null) {
				first(directory, now);
				return new Logged(now, System.nanoTime());
			}
			if (before.state.equals(now) || System.nanoTime() - before.nanos < this.pauseNanos) {
				return before;
			}
			changed(directory, before.state, now);
			return new Logged(now, System.nanoTime());
		});
	}

	private void first(ManagedDirectory directory, State now) {
		String about = about(directory);
		if (now.error != null) {
			logger.warn(about + now.error);
			return;
		}
		logger.info(about + "is on " + now.mount + ", safety " + word(this.safety) + ", "
				+ now.levels.entrySet()
					.stream()
					.map((level) -> word(level.getKey()) + " " + word(level.getValue()))
					.collect(Collectors.joining(", ")));
		now.obstacles.forEach((text) -> logger.warn(about + "can't be written: " + text));
	}

	private static void changed(ManagedDirectory directory, State before, State now) {
		List<String> parts = new ArrayList<>();
		boolean worse = now.isWorseThan(before);
		if (now.error != null) {
			parts.add(now.error);
		}
		else {
			describe(before, now, parts);
		}
		String text = about(directory) + String.join("; ", parts);
		if (worse) {
			logger.warn(text);
		}
		else {
			logger.info(text);
		}
	}

	private static void describe(State before, State now, List<String> parts) {
		if (before.error != null) {
			parts.add("can be read again, on " + now.mount);
		}
		else if (!before.mount.equals(now.mount)) {
			parts.add("is on " + now.mount + " now, and was on " + before.mount);
		}
		now.levels.forEach((guarantee, level) -> {
			GuaranteeLevel then = before.levels.get(guarantee);
			if (then != null && then != level) {
				parts.add(word(guarantee) + " is " + word(level) + " now, and was " + word(then) + " ("
						+ now.reasons.get(guarantee) + ")");
			}
		});
		if (!now.obstacles.equals(before.obstacles)) {
			now.obstacles.forEach((text) -> parts.add("can't be written: " + text));
			if (now.obstacles.isEmpty()) {
				parts.add("can be written again");
			}
		}
	}

	private static String about(ManagedDirectory directory) {
		return "Managed directory " + directory.label() + " ";
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private record Logged(State state, long nanos) {
	}

	/**
	 * What a line is about. Two states with the same texts are the same; reasons alone do
	 * not make a line.
	 */
	private static final class State {

		private final @Nullable String error;

		private final String mount;

		private final Map<Guarantee, GuaranteeLevel> levels = new EnumMap<>(Guarantee.class);

		private final Map<Guarantee, String> reasons = new EnumMap<>(Guarantee.class);

		private final List<String> obstacles;

		private State(@Nullable String error, String mount, List<String> obstacles) {
			this.error = error;
			this.mount = mount;
			this.obstacles = obstacles;
		}

		static State failed(String problem) {
			return new State(problem, "", List.of());
		}

		static State of(DirectoryInspection found) {
			String mount = found.filesystem().type() + " mounted at " + found.filesystem().mountPoint();
			List<String> obstacles = found.displaced().isPresent() ? List.of() : found.obstacles();
			State state = new State(null, mount, obstacles);
			found.guarantees().forEach((guarantee, assessment) -> {
				state.levels.put(guarantee, assessment.level());
				state.reasons.put(guarantee, assessment.reason());
			});
			return state;
		}

		boolean isWorseThan(State before) {
			if (this.error != null) {
				return true;
			}
			boolean lower = this.levels.entrySet().stream().anyMatch((level) -> {
				GuaranteeLevel then = before.levels.get(level.getKey());
				return then != null && !level.getValue().satisfies(then);
			});
			boolean moved = before.error == null && !before.mount.equals(this.mount);
			return lower || moved || (!this.obstacles.isEmpty() && !this.obstacles.equals(before.obstacles));
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof State that && String.valueOf(that.error).equals(String.valueOf(this.error))
					&& that.mount.equals(this.mount) && that.levels.equals(this.levels)
					&& that.obstacles.equals(this.obstacles);
		}

		@Override
		public int hashCode() {
			return this.mount.hashCode() + this.levels.hashCode();
		}

	}

}
