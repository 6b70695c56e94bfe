package io.atomicwrite.test.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.AtomicFileTemplateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Starts machines, each from a disk, and keeps what their code did.
 */
final class CrashBoot {

	private static final Instant FIRST_BOOT = Instant.parse("2026-01-01T12:00:00Z");

	private static final long SECONDS_BETWEEN_BOOTS = 86_400;

	private static final int TOKENS_OF_A_BOOT = 1 << 20;

	private final CrashSimulation plan;

	private final RealDirectory real;

	private final Bypasses bypasses = new Bypasses();

	private final SimulatedFileSystem system = new SimulatedFileSystem(this.bypasses);

	CrashBoot(CrashSimulation plan, RealDirectory real) {
		this.plan = plan;
		this.real = real;
	}

	/** A disk with nothing but the directory of the machine. */
	CrashImage emptyDisk() {
		SortedSet<Path> directories = new TreeSet<>();
		for (Path next = this.real.path(); next != null; next = next.getParent()) {
			directories.add(next);
		}
		return CrashImage.of(directories, Map.of(), Map.of());
	}

	/**
	 * Runs code on a machine that is started for the n-th time.
	 * @throws InconclusiveException if not all that it did was seen
	 */
	Run run(CrashImage disk, List<String> acknowledged, CrashCode code, int boot) {
		CrashFileOps files = new CrashFileOps(disk);
		GuardedFileOps guarded = new GuardedFileOps(files, this.bypasses);
		Throwable failure = failure(guarded, acknowledged, code, boot);
		guarded.switchOff();
		this.real.inspect(this.bypasses);
		List<String> bypassed = this.bypasses.all();
		if (!bypassed.isEmpty()) {
			throw new InconclusiveException(CrashVerdict.NOT_MEASURED, String.join("\n  ", bypassed), failure);
		}
		return new Run(disk, List.copyOf(acknowledged), files.steps(), files.image(), failure);
	}

	private @Nullable Throwable failure(GuardedFileOps guarded, List<String> acknowledged, CrashCode code, int boot) {
		SimulatedFileOps fileOps = new SimulatedFileOps(guarded, this.system);
		AtomicLong tokens = new AtomicLong((long) boot * TOKENS_OF_A_BOOT);
		AtomicFileTemplateBuilder builder = AtomicFileTemplate.builder()
			.files(fileOps)
			.tokens(tokens::incrementAndGet)
			.clock(clock(boot));
		this.plan.customize(builder);
		try (AtomicFileTemplate template = builder.build()) {
			code.run(
					new SimulatedMachine(template, fileOps, this.system.path(this.real.path()), guarded, acknowledged));
			return null;
		}
		catch (VirtualMachineError error) {
			throw error;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/** A clock that gives no time twice, and the same times in each run. */
	private static InstantSource clock(int boot) {
		AtomicLong seconds = new AtomicLong(boot * SECONDS_BETWEEN_BOOTS);
		return () -> FIRST_BOOT.plusSeconds(seconds.incrementAndGet());
	}

	/**
	 * What code did on a machine.
	 *
	 * @param before the disk at its start
	 * @param acknowledged what had been acknowledged by then
	 * @param steps what it did to the disk
	 * @param after the disk as programs saw it at the end
	 * @param failure what it threw, or {@code null}
	 */
	record Run(CrashImage before, List<String> acknowledged, List<CrashStep> steps, CrashImage after,
			@Nullable Throwable failure) {

		/** What had been acknowledged at a cut. */
		List<String> acknowledgedAt(int cut) {
			List<String> all = new ArrayList<>(this.acknowledged);
			for (CrashStep step : this.steps.subList(0, cut)) {
				if (step.kind() == CrashStep.Kind.ACKNOWLEDGE) {
					all.add(step.text());
				}
			}
			return all;
		}

	}

}
