package io.atomicwrite.test.crash;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.test.crash.CrashBoot.Run;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the disks of a simulation.
 */
final class CrashSearch {

	private final CrashSimulation plan;

	private final CrashCode reboot;

	private final CrashBoot boot;

	private final CrashText text;

	private final Set<Disk> tried = new HashSet<>();

	private final List<CrashLoss> losses = new ArrayList<>();

	private long enumerated;

	private boolean cutShort;

	private int calls;

	CrashSearch(CrashSimulation plan, CrashCode reboot, RealDirectory real) {
		this.plan = plan;
		this.reboot = reboot;
		this.boot = new CrashBoot(plan, real);
		this.text = new CrashText(real.path());
	}

	CrashReport run() {
		try {
			Run given = this.boot.run(this.boot.emptyDisk(), List.of(), this.plan.given(), 0);
			requireSound("what was done before", given);
			Run running = this.boot.run(given.after(), List.of(), this.plan.running(), 1);
			this.calls = running.steps().size();
			requireSound("the code", running);
			requireChange(running);
			List<CrashId> replay = this.plan.replay();
			if (replay != null) {
				replay(running, replay);
			}
			else {
				Run control = start(running.after(), running.acknowledgedAt(this.calls), 2);
				requireSound("the start-up code on the disk without a crash", control);
				search(running, null);
			}
			return report();
		}
		catch (InconclusiveException ex) {
			return new CrashReport(ex.verdict(), this.calls, this.tried.size(),
					ex.verdict() + ": " + ex.getMessage() + "\n", null, ex.getCause());
		}
	}

	private static void requireSound(String what, Run run) {
		if (run.failure() != null) {
			throw new InconclusiveException(CrashVerdict.HARNESS_BROKEN,
					what + " fails without any crash: " + run.failure(), run.failure());
		}
	}

	private static void requireChange(Run run) {
		if (run.steps().stream().allMatch((step) -> step.kind() == CrashStep.Kind.ACKNOWLEDGE)) {
			throw new InconclusiveException(CrashVerdict.NOT_MEASURED,
					"the code changed nothing on the simulated filesystem: does it write through the template of the machine?",
					null);
		}
	}

	private Run start(CrashImage disk, List<String> acknowledged, int number) {
		return this.boot.run(disk, acknowledged, this.reboot, number);
	}

	private void search(Run run, @Nullable CrashCut earlier) {
		for (CrashProfile profile : this.plan.profiles()) {
			for (int after = 0; after <= run.steps().size() && !this.cutShort; after++) {
				int number = 0;
				for (CrashImage image : disks(run, profile, after)) {
					attempt(new CrashCut(run, profile, after, number++, image, earlier));
				}
			}
		}
	}

	private List<CrashImage> disks(Run run, CrashProfile profile, int after) {
		CrashStates states = CrashStates.afterLast(run.before(), run.steps().subList(0, after), profile,
				this.plan.limit() - this.enumerated);
		this.enumerated += states.raw();
		this.cutShort |= states.isCutShort();
		return states.found().keySet().stream().map(CrashStates.State::image).toList();
	}

	private void attempt(CrashCut cut) {
		List<String> acknowledged = cut.run().acknowledgedAt(cut.after());
		if (!this.tried.add(new Disk(acknowledged, cut.image()))) {
			return;
		}
		Run started = start(cut.image(), acknowledged, cut.boot());
		if (started.failure() != null) {
			this.losses.add(new CrashLoss(cut, started.failure()));
		}
		else if (this.plan.again() && cut.earlier() == null && !started.steps().isEmpty()) {
			search(started, cut);
		}
	}

	private void replay(Run running, List<CrashId> ids) {
		Run run = running;
		CrashCut cut = null;
		for (CrashId id : ids) {
			requireSound("the start-up code after the first cut", run);
			cut = find(run, id, cut);
			run = start(cut.image(), run.acknowledgedAt(id.after()), cut.boot());
			this.tried.add(new Disk(run.acknowledged(), cut.image()));
		}
		if (run.failure() != null) {
			this.losses.add(new CrashLoss(Objects.requireNonNull(cut), run.failure()));
		}
	}

	private CrashCut find(Run run, CrashId id, @Nullable CrashCut earlier) {
		if (id.after() <= run.steps().size()
				&& id.calls().equals(CrashId.checksum(run.steps().subList(0, id.after()), this.text))) {
			List<CrashImage> disks = disks(run, id.profile(), id.after());
			if (id.number() < disks.size()) {
				return new CrashCut(run, id.profile(), id.after(), id.number(), disks.get(id.number()), earlier);
			}
		}
		throw new InconclusiveException(CrashVerdict.HARNESS_BROKEN, "the crash " + id
				+ " can't be replayed: the calls before it are no longer those of the run that failed. If the code is the same, its calls depend on something random",
				null);
	}

	private CrashReport report() {
		if (!this.losses.isEmpty()) {
			CrashLoss first = this.losses.get(0);
			return new CrashReport(CrashVerdict.LOST, this.calls, this.tried.size(),
					first.print(this.text, this.losses.size(), this.tried.size()), first.id(this.text),
					first.failure());
		}
		if (this.cutShort) {
			return new CrashReport(CrashVerdict.NOT_MEASURED, this.calls, this.tried.size(),
					"NOT_MEASURED: there are more disks than the limit of " + this.plan.limit()
							+ ". Let the code do less between two syncs, or raise the limit by limit(...)\n",
					null, null);
		}
		return new CrashReport(CrashVerdict.SURVIVED, this.calls, this.tried.size(), "SURVIVED: " + this.calls
				+ " calls, a power cut after each, " + this.tried.size() + " different disks\n", null, null);
	}

	/**
	 * What the start-up code can distinguish.
	 */
	private record Disk(List<String> acknowledged, CrashImage image) {
	}

	/**
	 * A power cut and one of the disks that it may leave.
	 *
	 * @param run during what
	 * @param profile what the filesystem does with what was not synced
	 * @param after after how many calls
	 * @param number the number of the disk
	 * @param image the disk
	 * @param earlier the cut before, or {@code null}
	 */
	record CrashCut(Run run, CrashProfile profile, int after, int number, CrashImage image,
			@Nullable CrashCut earlier) {

		/** How many times the machine has been started once the power is back. */
		int boot() {
			return (this.earlier != null) ? this.earlier.boot() + 1 : 2;
		}

		CrashId id(CrashText text) {
			return new CrashId(this.profile, this.after, this.number,
					CrashId.checksum(this.run.steps().subList(0, this.after), text));
		}

	}

	/**
	 * A disk on which the start-up code failed.
	 *
	 * @param cut how the disk came about
	 * @param failure what was thrown
	 */
	record CrashLoss(CrashCut cut, Throwable failure) {

		String id(CrashText text) {
			List<CrashId> ids = new ArrayList<>();
			for (CrashCut next = this.cut; next != null; next = next.earlier()) {
				ids.add(0, next.id(text));
			}
			return CrashId.text(ids);
		}

		String print(CrashText text, int losses, int disks) {
			StringBuilder out = new StringBuilder();
			out.append("LOST: the start-up code fails on ").append(losses).append(" of ").append(disks);
			out.append(" disks.\nThe first one: ").append(this.failure).append("\n");
			CrashCut earlier = this.cut.earlier();
			if (earlier != null) {
				print(out, text, "the code", earlier);
				print(out, text, "the start-up code", this.cut);
			}
			else {
				print(out, text, "the code", this.cut);
			}
			return out.append("Replay this disk alone: .replay(\"").append(id(text)).append("\")\n").toString();
		}

		private static void print(StringBuilder out, CrashText text, String what, CrashCut cut) {
			out.append("Calls of ").append(what).append(", profile ").append(cut.profile()).append(":\n");
			out.append(text.calls(cut.run().steps(), cut.after()));
			out.append("Acknowledged before the cut: ").append(cut.run().acknowledgedAt(cut.after()));
			out.append("\nThe disk afterwards:\n").append(text.disk(cut.image()));
		}

	}

}
