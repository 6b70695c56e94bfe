package io.atomicwrite.test.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.atomicwrite.test.crash.CrashImage.Content;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Tells every disk that a crash may leave: at each step, each choice of what had become
 * durable by itself. The method is that of "All File Systems Are Not Created Equal"
 * (Pillai and others, OSDI 2014).
 */
public final class CrashStates {

	private final CrashImage before;

	private final Profile profile;

	private final UnsyncedData data;

	private final Predicate<Path> ignored;

	private final long limit;

	private final Map<State, Integer> found = new LinkedHashMap<>();

	private long raw;

	private int length;

	private CrashStates(CrashImage before, Profile profile, UnsyncedData data, Predicate<Path> ignored, long limit) {
		this.before = before;
		this.profile = profile;
		this.data = data;
		this.ignored = ignored;
		this.limit = limit;
	}

	/**
	 * Enumerates the states.
	 * @param before the disk before the first step
	 * @param steps the steps
	 * @param profile what the filesystem does with what was not synced
	 * @param ignored names that do not matter, so that states differ in others only
	 * @return the states
	 */
	public static CrashStates of(CrashImage before, List<CrashStep> steps, Profile profile, Predicate<Path> ignored) {
		CrashStates states = new CrashStates(before, profile, UnsyncedData.ANY, ignored, Long.MAX_VALUE);
		for (int cut = 0; cut <= steps.size(); cut++) {
			states.cut(steps.subList(0, cut));
		}
		return states;
	}

	/**
	 * Enumerates the states of a crash right after the last step.
	 * @param before the disk before the first step
	 * @param steps the steps
	 * @param profile what the filesystem does with what was not synced
	 * @param ignored names that do not matter
	 * @return the states
	 */
	public static CrashStates afterLast(CrashImage before, List<CrashStep> steps, Profile profile,
			Predicate<Path> ignored) {
		CrashStates states = new CrashStates(before, profile, UnsyncedData.ANY, ignored, Long.MAX_VALUE);
		states.cut(steps);
		return states;
	}

	/**
	 * Enumerates the states of a crash right after the last step, up to a limit.
	 * @return the states, fewer than there are if {@link #isCutShort()}
	 */
	static CrashStates afterLast(CrashImage before, List<CrashStep> steps, CrashProfile profile, long limit) {
		CrashStates states = new CrashStates(before, profile.names(), profile.data(), (name) -> false, limit);
		states.cut(steps);
		return states;
	}

	/** Returns whether there are more states than the limit allowed. */
	boolean isCutShort() {
		return this.raw > this.limit;
	}

	/**
	 * Returns the distinct states, each with the number of steps before the first crash
	 * that leaves it.
	 * @return the states
	 */
	public Map<State, Integer> found() {
		return this.found;
	}

	/**
	 * Returns how many states there were, equal ones counted each time.
	 * @return the count
	 */
	public long raw() {
		return this.raw;
	}

	private void cut(List<CrashStep> steps) {
		this.length = steps.size();
		boolean acknowledged = steps.stream().anyMatch((step) -> step.kind() == Kind.ACKNOWLEDGE);
		CrashContents contents = new CrashContents(this.before, steps, this.data);
		if (this.profile == Profile.ORDERED) {
			int durable = 0;
			for (int i = 0; i < steps.size(); i++) {
				if (steps.get(i).kind() == Kind.SYNC || steps.get(i).kind() == Kind.SYNC_DIRECTORY) {
					durable = i + 1;
				}
			}
			for (int end = durable; end <= steps.size(); end++) {
				Names names = new Names(this.before);
				steps.subList(0, end).forEach(names::apply);
				int journal = end;
				collect(acknowledged, names, (inode) -> contents.ofOrdered(inode, journal));
			}
		}
		else {
			choose(steps, 0, new Names(this.before), (names) -> collect(acknowledged, names, contents::ofWeak));
		}
	}

	/** Lets each operation persist or not that no sync of its directory covers. */
	private void choose(List<CrashStep> steps, int index, Names names, Chosen chosen) {
		if (isCutShort()) {
			return;
		}
		if (index == steps.size()) {
			chosen.accept(names);
			return;
		}
		CrashStep step = steps.get(index);
		if (!step.ofDirectory()) {
			choose(steps, index + 1, names, chosen);
			return;
		}
		Path added = (step.other() != null) ? step.other() : step.path();
		boolean addedDurably = isSynced(steps, index, added);
		boolean removes = step.kind() == Kind.RENAME;
		boolean removedDurably = removes && isSynced(steps, index, step.path());
		boolean apart = removes && !Objects.equals(added.getParent(), step.path().getParent());
		if (!addedDurably && !(removedDurably && !apart)) {
			Names without = names.copy();
			if (removedDurably) {
				without.files.remove(step.path());
			}
			choose(steps, index + 1, without, chosen);
		}
		if (apart && !removedDurably) {
			Names both = names.copy();
			both.files.put(added, step.inode());
			choose(steps, index + 1, both, chosen);
		}
		Names with = names.copy();
		with.apply(step);
		choose(steps, index + 1, with, chosen);
	}

	private static boolean isSynced(List<CrashStep> steps, int index, Path name) {
		return steps.subList(index, steps.size())
			.stream()
			.anyMatch((step) -> step.kind() == Kind.SYNC_DIRECTORY && step.path().equals(name.getParent()));
	}

	private void collect(boolean acknowledged, Names names, Options options) {
		Map<Path, Integer> visible = new TreeMap<>(names.files);
		visible.keySet().removeIf((name) -> this.ignored.test(name) || !names.directories.contains(name.getParent()));
		List<Integer> inodes = visible.values().stream().distinct().toList();
		combine(inodes, 0, new HashMap<>(), options, (contents) -> {
			if (isCutShort()) {
				return;
			}
			this.raw++;
			this.found.putIfAbsent(new State(acknowledged, CrashImage.of(names.directories, visible, contents)),
					this.length);
		});
	}

	private void combine(List<Integer> inodes, int index, Map<Integer, Content> contents, Options options,
			Combined combined) {
		if (index == inodes.size()) {
			combined.accept(contents);
			return;
		}
		for (Content content : options.of(inodes.get(index))) {
			if (isCutShort()) {
				return;
			}
			contents.put(inodes.get(index), content);
			combine(inodes, index + 1, contents, options, combined);
		}
	}

	/**
	 * What a filesystem does with what was not synced.
	 */
	public enum Profile {

		/**
		 * Directory operations and attributes reach the disk in order, and any sync takes
		 * along all before it, as a journal does. Data that was not synced may be missing
		 * or zero.
		 */
		ORDERED,

		/**
		 * Each directory operation reaches the disk by itself or not, until its directory
		 * is synced; a sync of a file covers its data and attributes and no name.
		 */
		WEAK

	}

	/**
	 * What a crash left.
	 *
	 * @param acknowledged whether the caller had been told that the change is durable
	 * @param image the disk
	 */
	public record State(boolean acknowledged, CrashImage image) {
	}

	private interface Options {

		Iterable<Content> of(int inode);

	}

	private interface Combined {

		void accept(Map<Integer, Content> contents);

	}

	private interface Chosen {

		void accept(Names names);

	}

	private static final class Names {

		private final SortedSet<Path> directories;

		private final Map<Path, Integer> files;

		Names(CrashImage image) {
			this(image.directories(), image.names());
		}

		private Names(SortedSet<Path> directories, Map<Path, Integer> files) {
			this.directories = new TreeSet<>(directories);
			this.files = new TreeMap<>(files);
		}

		Names copy() {
			return new Names(this.directories, this.files);
		}

		void apply(CrashStep step) {
			@Nullable Path other = step.other();
			switch (step.kind()) {
				case CREATE, SYMBOLIC_LINK -> this.files.put(step.path(), step.inode());
				case MAKE_DIRECTORY -> this.directories.add(step.path());
				case RENAME, LINK -> {
					if (step.kind() == Kind.RENAME) {
						this.files.remove(step.path());
					}
					if (other != null) {
						this.files.put(other, step.inode());
					}
				}
				case DELETE -> {
					this.files.remove(step.path());
					this.directories.remove(step.path());
				}
				default -> {
					// changes no name
				}
			}
		}

	}

}
