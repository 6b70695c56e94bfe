package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Every disk that recovery and a sweep leave when they crash, and crash again, as often
 * as that leads to a disk that was not met before.
 */
final class RecoveryStates {

	private final Path target;

	private final Path directory;

	private final WriteOptions options;

	private final Decision decision;

	private final UnaryOperator<FileOps> mutation;

	private final Kind[] dropped;

	private final Map<String, String> violations = new LinkedHashMap<>();

	private final Set<CrashImage> met = new HashSet<>();

	/** What an undisturbed recovery makes of a disk. */
	private final Map<CrashImage, CrashImage> ends = new HashMap<>();

	/** What a recovery that crashes makes of a disk. */
	private final Map<CrashImage, Set<CrashImage>> crashes = new HashMap<>();

	private long first;

	private long raw;

	private long losses;

	RecoveryStates(Path target, WriteOptions options, Decision decision, Kind... dropped) {
		this(target, options, decision, UnaryOperator.identity(), dropped);
	}

	/**
	 * Creates an exploration with something between the recovery that crashes and the
	 * disk; what it leaves is recovered without it.
	 */
	RecoveryStates(Path target, WriteOptions options, Decision decision, UnaryOperator<FileOps> mutation,
			Kind... dropped) {
		this.target = target;
		this.directory = Objects.requireNonNull(target.getParent());
		this.options = options;
		this.decision = decision;
		this.mutation = mutation;
		this.dropped = dropped;
	}

	/**
	 * Recovers a disk, and every disk that a crash meanwhile leaves; where nothing is
	 * synced, which would have no end, one crash is enough.
	 */
	RecoveryStates explore(CrashImage crashed) {
		this.first++;
		Set<CrashImage> here = new HashSet<>(Set.of(crashed.withoutTokens()));
		Deque<CrashImage> left = new ArrayDeque<>(here);
		CrashImage end = end(left.element());
		compare(crashed, left.element(), end);
		while (!left.isEmpty()) {
			CrashImage image = left.remove();
			for (CrashImage next : this.crashes.computeIfAbsent(image, this::crashed)) {
				if (here.add(next)) {
					if (this.dropped.length == 0) {
						left.add(next);
					}
					this.met.add(next);
					compare(crashed, next, end);
				}
			}
		}
		return this;
	}

	/**
	 * Recovers a disk whose writer was killed, so that what it had not synced is in the
	 * memory of the system, and every disk that a crash of the system leaves from then
	 * on.
	 */
	RecoveryStates explore(CrashImage before, CrashFileOps disk) {
		CrashImage killed = disk.image();
		int from = disk.steps().size();
		RecoveryReport report = new Tidying(this.mutation.apply(disk)).recover(this.directory, this.decision);
		CrashImage recovered = disk.image();
		int to = disk.steps().size();
		String wrong = new Tidiness(Set.of(this.target), this.options, this.decision).wrong(disk, this.directory,
				report);
		if (wrong != null) {
			lost(wrong, killed + " -> " + disk.image());
		}
		for (int cut = from; cut <= disk.steps().size(); cut++) {
			for (CrashImage image : after(before, disk.steps().subList(0, cut))) {
				String text = image.text(this.target);
				boolean promised = cut >= to && !Objects.equals(killed.text(this.target), recovered.text(this.target));
				if (promised && !Objects.equals(text, recovered.text(this.target))) {
					lost("finished and lost", killed + " -> " + image);
				}
				explore(image.withoutTokens());
			}
		}
		return this;
	}

	private void compare(CrashImage crashed, CrashImage next, CrashImage end) {
		String wrong = wrong(crashed, next, end);
		if (wrong != null) {
			lost(wrong, "\n  crashed:   " + crashed + "\n  again:     " + next + "\n  recovered: " + end(next)
					+ "\n  else:      " + end);
		}
	}

	private void lost(String wrong, String what) {
		this.losses++;
		this.violations.putIfAbsent(wrong, wrong + " [" + this.decision + "] " + what);
	}

	private @Nullable String wrong(CrashImage crashed, CrashImage next, CrashImage end) {
		String old = crashed.text(this.target);
		String text = next.text(this.target);
		boolean finished = old == null && this.decision == Decision.FINISH;
		if (!Objects.equals(end.text(this.target), old) && !finished) {
			return "changed by recovery";
		}
		if (!Objects.equals(text, old) && !Objects.equals(text, end.text(this.target))) {
			return "neither as before nor as recovered";
		}
		CrashedDisk disk = new CrashedDisk(next);
		Verdict verdict = (text != null) ? disk.verify(this.target, this.options) : Verdict.UNKNOWN;
		if (verdict == Verdict.DAMAGED) {
			return "false alarm";
		}
		if (verdict == Verdict.UNKNOWN && old != null
				&& new CrashedDisk(crashed).verify(this.target, this.options) == Verdict.GOOD) {
			return "no longer attested";
		}
		for (Path backup : new CrashedDisk(crashed).backups()) {
			if (!Objects.equals(next.text(backup), crashed.text(backup))) {
				return "backup lost";
			}
			if (disk.verify(backup, this.options) == Verdict.DAMAGED) {
				return "false alarm of a backup";
			}
		}
		return equalButForOwnEvidence(end(next), end) ? null : "ends otherwise";
	}

	/** A crash may leave staging files of sidecars that recovery itself was writing. */
	private static boolean equalButForOwnEvidence(CrashImage image, CrashImage other) {
		Predicate<Path> own = (name) -> name.toString().matches(".*\\.sha256\\.[0-9a-f]{16}\\.aside");
		return image.without(own).equals(other.without(own));
	}

	/** The disks that a crash of the recovery leaves. */
	private Set<CrashImage> crashed(CrashImage image) {
		CrashFileOps disk = disk(image);
		Tidying tidying = new Tidying(this.mutation.apply(disk));
		tidying.recover(this.directory, this.decision);
		if (!after(image, disk.steps()).equals(Set.of(disk.image()))) {
			lost("reported and not durable", image + " -> " + disk.image());
		}
		tidying.sweep(this.directory);
		Set<CrashImage> images = new LinkedHashSet<>();
		for (int cut = 0; cut <= disk.steps().size(); cut++) {
			after(image, disk.steps().subList(0, cut)).stream().map(CrashImage::withoutTokens).forEach(images::add);
		}
		return images;
	}

	private Set<CrashImage> after(CrashImage image, List<CrashStep> steps) {
		Disks disks = Disks.afterLast(image, steps);
		this.raw += disks.raw();
		return disks.images();
	}

	private CrashImage end(CrashImage image) {
		return this.ends.computeIfAbsent(image, (key) -> {
			CrashFileOps disk = disk(image);
			String wrong = new Tidiness(Set.of(this.target), this.options, this.decision).wrong(disk, this.directory);
			if (wrong != null) {
				lost(wrong, image + " -> " + disk.image());
			}
			return disk.image().withoutTokens();
		});
	}

	private CrashFileOps disk(CrashImage image) {
		CrashFileOps disk = new CrashFileOps(image).inPieces(1);
		for (Kind kind : this.dropped) {
			disk.dropping(kind);
		}
		return disk;
	}

	/** One example of each kind. */
	List<String> violations() {
		return new ArrayList<>(this.violations.values());
	}

	long raw() {
		return this.raw;
	}

	long distinct() {
		return this.met.size();
	}

	long losses() {
		return this.losses;
	}

	@Override
	public String toString() {
		return this.first + " disks recovered, " + this.raw + " states, " + this.met.size() + " distinct, "
				+ this.losses + " wrong";
	}

}
