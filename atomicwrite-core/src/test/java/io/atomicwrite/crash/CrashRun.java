package io.atomicwrite.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStates;
import io.atomicwrite.test.crash.CrashStates.Profile;
import io.atomicwrite.test.crash.CrashStates.State;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the engine, and every disk that a crash during it may leave: once on a
 * filesystem of which nothing is known, and once on one that is known to keep the order
 * of names, where the engine needs fewer syncs.
 */
final class CrashRun {

	private final CrashImage before;

	private final CrashFileOps files;

	private List<CrashStep> steps;

	/** Those on a filesystem that keeps the order. */
	private List<CrashStep> ordered;

	private CrashRun(CrashImage before, CrashFileOps files, List<CrashStep> ordered) {
		this.before = before;
		this.files = files;
		this.steps = files.steps();
		this.ordered = ordered;
	}

	/** Runs an operation, which returns whether it was reported as durable. */
	static CrashRun of(CrashImage before, WriteOptions options, Operation operation, Kind... dropped) {
		return of(before, options, UnaryOperator.identity(), operation, dropped);
	}

	/** Runs an operation with something between the engine and the disk. */
	static CrashRun of(CrashImage before, WriteOptions options, UnaryOperator<FileOps> mutation, Operation operation,
			Kind... dropped) {
		CrashFileOps ordered = new CrashFileOps(before).mountedAs("xfs");
		run(ordered, options, mutation, operation, dropped);
		CrashFileOps files = new CrashFileOps(before);
		run(files, options, mutation, operation, dropped);
		return new CrashRun(before, files, ordered.steps());
	}

	/** Names the control in which one kind of step is missing. */
	static String without(Kind dropped) {
		return switch (dropped) {
			case SYNC -> "no-file-sync";
			case SYNC_DIRECTORY -> "no-directory-sync";
			case WRITE_OUT -> "no-write-out";
			default -> throw new IllegalArgumentException("no control is without " + dropped);
		};
	}

	private static void run(CrashFileOps files, WriteOptions options, UnaryOperator<FileOps> mutation,
			Operation operation, Kind... dropped) {
		for (Kind kind : dropped) {
			files.dropping(kind);
		}
		try (AtomicFileTemplate template = CrashedDisk.writer(mutation.apply(files), options)) {
			if (operation.run(template)) {
				files.acknowledge();
			}
		}
	}

	CrashRun reordered(BiFunction<CrashImage, List<CrashStep>, List<CrashStep>> order) {
		this.steps = order.apply(this.before, this.steps);
		this.ordered = order.apply(this.before, this.ordered);
		return this;
	}

	/** Lets the run on a filesystem that keeps the order crash on one that does not. */
	CrashRun mistaken() {
		this.steps = this.ordered;
		return this;
	}

	CrashImage after() {
		return this.files.image();
	}

	/** The distinct disks, staging files apart. */
	Map<State, String> states(Count count) {
		Map<State, String> states = new LinkedHashMap<>();
		for (Profile profile : Profile.values()) {
			collect(this.steps, profile, profile.toString(), states, count);
		}
		collect(this.ordered, Profile.ORDERED, "known to be " + Profile.ORDERED, states, count);
		count.distinct += states.size();
		return states;
	}

	private void collect(List<CrashStep> from, Profile profile, String name, Map<State, String> states, Count count) {
		CrashStates found = CrashStates.of(this.before, from, profile, CrashedDisk::isStaging);
		count.raw += found.raw();
		found.found()
			.forEach((state, cut) -> states.putIfAbsent(state,
					name + ", after " + ((cut > 0) ? from.get(cut - 1) + " (" + cut + ")" : "nothing")));
	}

	/** The distinct disks with the staging files, whatever these are called. */
	Set<CrashImage> images() {
		return Stream
			.concat(Disks.during(this.before, this.steps).images().stream(),
					CrashStates.of(this.before, this.ordered, Profile.ORDERED, (name) -> false)
						.found()
						.keySet()
						.stream()
						.map(State::image))
			.map(CrashImage::withoutTokens)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** What is wrong with each of the disks. */
	List<String> violations(Count count, Check check) {
		List<String> violations = new ArrayList<>();
		Map<State, String> verdicts = new HashMap<>();
		states(count).forEach((state, where) -> {
			String wrong = verdicts.computeIfAbsent(state, (key) -> Objects
				.requireNonNullElse(check.wrong(new CrashedDisk(key.image()), key.acknowledged()), ""));
			if (!wrong.isEmpty()) {
				violations
					.add(wrong + " [" + where + (state.acknowledged() ? ", acknowledged" : "") + "] " + state.image());
			}
		});
		return violations;
	}

	interface Operation {

		boolean run(AtomicFileTemplate template);

	}

	interface Check {

		/** Returns what is wrong, or {@code null} if nothing is. */
		@Nullable String wrong(CrashedDisk disk, boolean acknowledged);

	}

	static final class Count {

		private long raw;

		private long distinct;

		void add(long moreRaw, long moreDistinct) {
			this.raw += moreRaw;
			this.distinct += moreDistinct;
		}

		long raw() {
			return this.raw;
		}

		long distinct() {
			return this.distinct;
		}

		@Override
		public String toString() {
			return this.raw + " states, " + this.distinct + " distinct";
		}

	}

}
