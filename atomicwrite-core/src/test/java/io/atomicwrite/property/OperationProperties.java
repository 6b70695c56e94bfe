package io.atomicwrite.property;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random sequences of operations leave what a map of names and contents says; with a
 * fault in any of them, what it says before or after that operation, as is reported.
 */
class OperationProperties {

	private static final ChecksumAlgorithm[] ALGORITHMS = { ChecksumAlgorithm.SHA_256, ChecksumAlgorithm.SHA_512,
			ChecksumAlgorithm.of("SHA3-256") };

	private static final Path ROOT = Path.of(System.getProperty("java.io.tmpdir"));

	private static final int MOST_CALLS = 45;

	private static final Map<Scope, Tally> TALLIES = new EnumMap<>(Scope.class);

	private static int controls;

	@Property(tries = 100, seed = Fuzzing.SEED, edgeCases = EdgeCasesMode.NONE)
	void sequencesDoWhatTheModelDoes(@ForAll("sequences") List<Step> steps,
			@ForAll("algorithms") ChecksumAlgorithm algorithm, @ForAll("policies") BackupPolicy backups)
			throws IOException {
		run(Scope.SLICE, steps, algorithm, backups);
	}

	@Property(tries = 100, seed = Fuzzing.SEED, edgeCases = EdgeCasesMode.NONE)
	void faultsLeaveOldOrNewAndTheReportIsTrue(@ForAll("faultySequences") List<Step> steps,
			@ForAll("algorithms") ChecksumAlgorithm algorithm, @ForAll("policies") BackupPolicy backups)
			throws IOException {
		run(Scope.SLICE, steps, algorithm, backups);
	}

	@Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
	@Tag("slow")
	void manySequencesDoWhatTheModelDoes(@ForAll("sequences") List<Step> steps,
			@ForAll("algorithms") ChecksumAlgorithm algorithm, @ForAll("policies") BackupPolicy backups)
			throws IOException {
		run(Scope.LONG, steps, algorithm, backups);
	}

	@Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
	@Tag("slow")
	void manyFaultsLeaveOldOrNewAndTheReportIsTrue(@ForAll("faultySequences") List<Step> steps,
			@ForAll("algorithms") ChecksumAlgorithm algorithm, @ForAll("policies") BackupPolicy backups)
			throws IOException {
		run(Scope.LONG, steps, algorithm, backups);
	}

	/** A trial must see a checksum that is not renewed, and a file that is cut off. */
	@Example
	void brokenFileOperationsAreSeen() throws IOException {
		Step first = new Step(Step.Kind.WRITE, "f", "f", "xa", ChecksumPolicy.Mode.SIDECAR, false, null);
		Step second = new Step(Step.Kind.WRITE, "f", "f", "xb", ChecksumPolicy.Mode.SIDECAR, false, null);
		for (FileOps broken : List.of(new StaleSidecars(), new LostByte())) {
			try (Trial trial = new Trial(ROOT, ChecksumAlgorithm.SHA_256, BackupPolicy.single(), broken)) {
				assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> trial.run(List.of(first, second)));
				controls++;
			}
		}
	}

	private static void run(Scope scope, List<Step> steps, ChecksumAlgorithm algorithm, BackupPolicy backups)
			throws IOException {
		Tally tally = TALLIES.computeIfAbsent(scope, (key) -> new Tally());
		try (Trial trial = new Trial(ROOT, algorithm, backups)) {
			trial.run(steps);
			tally.operations.addAndGet(steps.size());
			tally.faults.addAndGet(trial.hits());
			tally.sequences.incrementAndGet();
		}
		catch (AssertionError ex) {
			tally.losses.incrementAndGet();
			throw ex;
		}
	}

	@AfterContainer
	static void record() throws IOException {
		for (Map.Entry<Scope, Tally> entry : TALLIES.entrySet()) {
			Tally tally = entry.getValue();
			new EvidenceRecord("properties", "properties of sequences", tally.sequences
					+ " random sequences of 15 kinds of operation with and without checksums and backups"
					+ " against a map of names and contents; " + tally.faults + " operations had a call that failed",
					tally.operations.get(), "operations", tally.losses.get(),
					entry.getKey().command("OperationProperties"), entry.getKey())
				.withControl("sidecars that are not replaced, and a file without its last byte", 2, controls)
				.write();
		}
	}

	@Provide
	Arbitrary<List<Step>> sequences() {
		return steps().list().ofMinSize(1).ofMaxSize(15);
	}

	@Provide
	Arbitrary<List<Step>> faultySequences() {
		Arbitrary<Step.Fault> faults = Combinators
			.combine(Arbitraries.integers().between(1, MOST_CALLS), Arbitraries.integers().between(0, Trial.FAULTS - 1),
					Arbitraries.of(false, false, true), Arbitraries.of(false, false, true))
			.as(Step.Fault::new);
		return Combinators.combine(steps(), faults.injectNull(0.4)).as(Step::with).list().ofMinSize(1).ofMaxSize(15);
	}

	private static Arbitrary<Step> steps() {
		return Combinators
			.combine(Arbitraries.of(Step.Kind.class), Arbitraries.of(Trial.Names.ALL), Arbitraries.of(Trial.Names.ALL),
					contents(), Arbitraries.of(ChecksumPolicy.Mode.class), Arbitraries.of(true, false))
			.as((kind, name, other, content, checksum, backup) -> new Step(kind, name(kind, name), other, content,
					checksum, backup, null));
	}

	/** Values have an extension. */
	private static String name(Step.Kind kind, String name) {
		return (kind == Step.Kind.UPDATE && !name.endsWith(".json")) ? "g.json" : name;
	}

	/** Numbers, and what is none in any format; some more than one buffer. */
	private static Arbitrary<String> contents() {
		Arbitrary<String> bytes = Arbitraries.strings().withCharRange((char) 0, (char) 255).ofMaxLength(200);
		return Arbitraries.frequencyOf(Tuple.of(6, bytes.map((text) -> "x" + text)),
				Tuple.of(2, Arbitraries.integers().between(0, 99).map(String::valueOf)),
				Tuple.of(1, Arbitraries.of("x".repeat(65_536), "xy".repeat(100_000))));
	}

	@Provide
	Arbitrary<ChecksumAlgorithm> algorithms() {
		return Arbitraries.of(ALGORITHMS);
	}

	@Provide
	Arbitrary<BackupPolicy> policies() {
		return Arbitraries.of(BackupPolicy.single(), BackupPolicy.generations(),
				BackupPolicy.generations().with((changes) -> changes.keep(2)),
				BackupPolicy.single().with((changes) -> changes.mode(0600)),
				BackupPolicy.generations().with((changes) -> changes.directory(Path.of("old"))));
	}

	private static final class StaleSidecars extends ForwardingFileOps {

		StaleSidecars() {
			super(FileOps.system());
		}

		@Override
		public void rename(Path source, Path target) throws IOException {
			if (target.toString().endsWith(".sha256") && exists(target)) {
				delete(source);
			}
			else {
				super.rename(source, target);
			}
		}

	}

	private static final class LostByte extends ForwardingFileOps {

		LostByte() {
			super(FileOps.system());
		}

		@Override
		public void rename(Path source, Path target) throws IOException {
			if (target.endsWith("f")) {
				byte[] content = Files.readAllBytes(source);
				Files.write(source, Arrays.copyOf(content, content.length - 1));
			}
			super.rename(source, target);
		}

	}

	private static final class Tally {

		final AtomicLong sequences = new AtomicLong();

		final AtomicLong operations = new AtomicLong();

		final AtomicLong faults = new AtomicLong();

		final AtomicLong losses = new AtomicLong();

	}

}
