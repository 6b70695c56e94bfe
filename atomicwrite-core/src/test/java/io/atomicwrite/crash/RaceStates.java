package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.atomicwrite.crash.Race.Entry;
import io.atomicwrite.crash.Race.Trace;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import org.jspecify.annotations.Nullable;

/**
 * Every disk that a crash may leave of a race: by every plan, after every step, with
 * every choice of what had become durable. A beginning that plans have in common counts
 * once.
 */
final class RaceStates {

	private final Race race;

	private final RaceCheck check;

	private final Set<Path> targets = new TreeSet<>();

	private final Node root = new Node();

	private final Map<Seen, String> verdicts = new HashMap<>();

	private final Map<CrashImage, String> tidied = new HashMap<>();

	private final Map<CrashImage, Boolean> alarms = new HashMap<>();

	private final Map<String, String> violations = new LinkedHashMap<>();

	private final Set<List<CrashStep>> orders = new HashSet<>();

	private long raw;

	private long losses;

	RaceStates(Race race, RaceCheck check) {
		this.race = race;
		this.check = check;
		race.entries().stream().map(Entry::target).forEach(this.targets::add);
	}

	RaceStates explore(int preemptions) {
		this.race.run(preemptions, this::add);
		return this;
	}

	private void add(Trace trace) {
		for (String failure : trace.failures()) {
			report("failed", trace, trace.steps(), failure);
		}
		if (!this.orders.add(trace.steps())) {
			return;
		}
		Node node = this.root;
		for (int cut = 0; cut <= trace.steps().size(); cut++) {
			if (!node.visited) {
				node.visited = true;
				cut(trace, trace.steps().subList(0, cut));
			}
			if (cut < trace.steps().size()) {
				node = node.next.computeIfAbsent(trace.steps().get(cut), (step) -> new Node());
			}
		}
	}

	private void cut(Trace trace, List<CrashStep> steps) {
		RaceMoment moment = RaceMoment.of(this.race.before(), this.targets, steps);
		Disks disks = Disks.afterLast(this.race.before(), steps);
		this.raw += disks.raw();
		for (CrashImage image : disks.images()) {
			String wrong = wrong(image, moment);
			if (!wrong.isEmpty()) {
				this.losses++;
				report(wrong, trace, steps, image.toString());
			}
		}
	}

	private void report(String wrong, Trace trace, List<CrashStep> steps, String what) {
		this.violations.putIfAbsent(wrong, wrong + " [plan " + trace.plan() + ", after " + steps + "] " + what);
	}

	private String wrong(CrashImage image, RaceMoment moment) {
		CrashImage visible = image.without(CrashedDisk::isStaging);
		String wrong = this.verdicts.computeIfAbsent(new Seen(visible, moment),
				(seen) -> Objects.requireNonNullElse(this.check.wrong(new CrashedDisk(visible), moment), ""));
		this.alarms.computeIfAbsent(visible, this::alarms);
		return !wrong.isEmpty() ? wrong : this.tidied.computeIfAbsent(image.withoutTokens(), this::untidy);
	}

	private boolean alarms(CrashImage image) {
		CrashedDisk disk = new CrashedDisk(image);
		return this.targets.stream()
			.anyMatch((target) -> disk.text(target) != null
					&& disk.verify(target, this.race.options()) == CrashedDisk.Verdict.DAMAGED);
	}

	private String untidy(CrashImage image) {
		Tidiness tidiness = new Tidiness(this.targets, this.race.options(), Decision.DISCARD);
		CrashFileOps disk = new CrashFileOps(image);
		@Nullable String wrong = tidiness.wrong(disk, Objects.requireNonNull(this.targets.iterator().next().getParent()));
		boolean kept = this.targets.stream()
			.allMatch((target) -> Objects.equals(disk.image().text(target), image.text(target)));
		return kept ? Objects.requireNonNullElse(wrong, "") : "changed by recovery";
	}

	/** One example of each kind. */
	List<String> violations() {
		return new ArrayList<>(this.violations.values());
	}

	long raw() {
		return this.raw;
	}

	long distinct() {
		return this.tidied.size();
	}

	long losses() {
		return this.losses;
	}

	/** How many disks a reader takes for damaged. */
	long falseAlarms() {
		return this.alarms.values().stream().filter((alarm) -> alarm).count();
	}

	@Override
	public String toString() {
		return this.race.runs() + " plans, " + this.orders.size() + " orders, " + this.raw + " states, " + distinct()
				+ " distinct, " + falseAlarms() + " of " + this.alarms.size() + " read as damaged, " + this.losses
				+ " wrong";
	}

	private static final class Node {

		private final Map<CrashStep, Node> next = new HashMap<>();

		private boolean visited;

	}

	private record Seen(CrashImage image, RaceMoment moment) {
	}

}
