package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStates;
import io.atomicwrite.test.crash.CrashStates.Profile;
import io.atomicwrite.test.crash.CrashStates.State;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A disk that exchanges directories and renames one. What is written down of that is
 * taken out again: a disk has the exchange whole or not at all, until a sync of the
 * directory makes it last. The trial of an exchange is none that counts.
 */
final class CrashExchanges extends ForwardingFileOps {

	private final CrashImage before;

	private final CrashFileOps disk;

	private final Path pointer;

	private @Nullable Exchange exchange;

	CrashExchanges(CrashImage before, CrashFileOps disk, Path pointer) {
		super(disk);
		this.before = before;
		this.disk = disk;
		this.pointer = pointer;
	}

	@Override
	public void exchange(Path one, Path other) throws IOException {
		for (Path name : List.of(one, other)) {
			if (kind(name) == null) {
				throw new NoSuchFileException(name.toString());
			}
		}
		int start = this.disk.steps().size();
		Path aside = one.resolveSibling("aside");
		move(one, aside);
		move(other, one);
		move(aside, other);
		note(start, one, other);
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		if (kind(source) != FileStat.Kind.DIRECTORY) {
			super.rename(source, target);
			return;
		}
		int start = this.disk.steps().size();
		move(source, target);
		note(start, source, target);
	}

	private void note(int start, Path one, Path other) {
		if (other.equals(this.pointer)) {
			this.exchange = new Exchange(start, this.disk.steps().size(), one, other);
		}
	}

	private void move(Path from, Path to) throws IOException {
		if (kind(from) != FileStat.Kind.DIRECTORY) {
			super.rename(from, to);
			return;
		}
		super.createDirectory(to);
		try (var directory = open(from)) {
			for (String name : directory.names()) {
				move(from.resolve(name), to.resolve(name));
			}
		}
		super.delete(from);
	}

	/** The distinct disks, each with the profile that leaves it. */
	Map<State, String> states(CrashRun.Count count) {
		Exchange done = Objects.requireNonNull(this.exchange, "nothing was exchanged");
		Map<State, String> states = new LinkedHashMap<>();
		List<CrashStep> prefix = withoutTrials(this.disk.steps().subList(0, done.start));
		List<CrashStep> rest = this.disk.steps().subList(done.end, this.disk.steps().size());
		boolean lasts = rest.stream()
			.anyMatch((step) -> step.kind() == Kind.SYNC_DIRECTORY && step.path().equals(this.pointer.getParent()));
		for (Profile profile : Profile.values()) {
			add(states, count, CrashStates.of(this.before, prefix, profile, CrashedDisk::isStaging),
					profile + " before");
			for (CrashImage image : atExchange(prefix, profile)) {
				add(states, count, CrashStates.of(done.of(image), rest, profile, CrashedDisk::isStaging),
						profile + " exchanged");
				if (!lasts) {
					add(states, count, CrashStates.of(image, rest, profile, CrashedDisk::isStaging),
							profile + " not exchanged");
				}
			}
		}
		count.add(0, states.size());
		return states;
	}

	/** What a disk may have of all that is before the exchange. */
	SortedSet<String> atExchange() {
		Exchange done = Objects.requireNonNull(this.exchange, "nothing was exchanged");
		List<CrashStep> prefix = withoutTrials(this.disk.steps().subList(0, done.start));
		SortedSet<String> images = new TreeSet<>();
		for (Profile profile : Profile.values()) {
			atExchange(prefix, profile).forEach((image) -> images.add(image.directories() + " " + image));
		}
		return images;
	}

	private List<CrashImage> atExchange(List<CrashStep> prefix, Profile profile) {
		return CrashStates.afterLast(this.before, prefix, profile, CrashedDisk::isStaging)
			.found()
			.keySet()
			.stream()
			.map(State::image)
			.toList();
	}

	private static void add(Map<State, String> states, CrashRun.Count count, CrashStates found, String where) {
		count.add(found.raw(), 0);
		found.found().forEach((state, cut) -> states.putIfAbsent(state, where + " (" + cut + ")"));
	}

	/** What is in the directory of a trial matters to nobody; the directory does. */
	private List<CrashStep> withoutTrials(List<CrashStep> steps) {
		List<Path> trials = steps.stream()
			.filter((step) -> step.kind() == Kind.MAKE_DIRECTORY && step.path().endsWith("old"))
			.map((step) -> step.path().getParent())
			.toList();
		return steps.stream()
			.filter((step) -> trials.stream()
				.noneMatch((trial) -> step.path().startsWith(trial) && !step.path().equals(trial)))
			.toList();
	}

	/** Where in the steps it is, and the names. */
	private record Exchange(int start, int end, Path one, Path other) {

		/** Returns the disk that has it. */
		CrashImage of(CrashImage image) {
			SortedSet<Path> directories = new TreeSet<>();
			image.directories().forEach((path) -> directories.add(moved(path)));
			TreeMap<Path, Integer> names = new TreeMap<>();
			image.names().forEach((path, inode) -> names.put(moved(path), inode));
			// numbered anew
			return new CrashImage(directories, names, image.files()).without((name) -> false);
		}

		private Path moved(Path path) {
			if (path.startsWith(this.one)) {
				return this.other.resolve(this.one.relativize(path).toString()).normalize();
			}
			return path.startsWith(this.other) ? this.one.resolve(this.other.relativize(path).toString()).normalize()
					: path;
		}

	}

}
