package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.Manifest.Entry;
import io.atomicwrite.manifest.Manifest.State;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whichever content a crash leaves has its entry in the manifest. Each content is named
 * after its run, so that an entry of another content is found out.
 */
class ManifestCrashTests {

	private static final Path TARGET = Path.of("/d/f");

	private static final CrashImage EMPTY = CrashFileOps.empty(Path.of("/d")).image();

	private static final WriteOptions PLAIN = WriteOptions.engineDefaults();

	private static final WriteOptions WITH_ALL = PLAIN
		.with((options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
			.backup(BackupPolicy.single()));

	static Stream<Case> cases() {
		List<Case> cases = new ArrayList<>();
		for (WriteOptions options : List.of(PLAIN, WITH_ALL)) {
			CrashImage one = written(EMPTY, options, "one");
			CrashImage two = written(one, options, "two");
			CrashImage unknown = CrashRun.of(one, options, write("unknown", false)).after();
			cases.add(new Case("create", EMPTY, options, true));
			cases.add(new Case("replace", one, options, true));
			cases.add(new Case("replace again", two, options, true));
			cases.add(new Case("replace without a stamp", two, options, false));
			cases.add(new Case("replace what has no stamp", unknown, options, true));
		}
		return cases.stream();
	}

	private static CrashImage written(CrashImage image, WriteOptions options, String run) {
		return CrashRun.of(image, options, write(run, true)).after();
	}

	private static CrashRun.Operation write(String text, boolean stamped) {
		return (template) -> template.writeString(TARGET, text, (options) -> {
			if (stamped) {
				options.stamp(Stamp.ofRun(text));
			}
		}).outcome() == WriteOutcome.DURABLE;
	}

	/** A write over a file with a manifest, with something between engine and disk. */
	static void replace(UnaryOperator<FileOps> mutation) {
		Case given = new Case("replace", written(written(EMPTY, PLAIN, "one"), PLAIN, "two"), PLAIN, true);
		CrashRun run = CrashRun.of(given.before, given.options, mutation, write("new", true));
		assertThat(run.violations(new Count(), given)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theContentThatACrashLeavesHasItsEntry(Case given) {
		Count count = new Count();
		assertThat(given.run().violations(count, given)).isEmpty();
		System.out.println("crash states of a manifest, " + given + ": " + count);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aSecondCrashChangesNothingOfThat(Case given) {
		Set<CrashImage> first = new LinkedHashSet<>();
		given.run().states(new Count()).keySet().forEach((state) -> first.add(state.image()));
		Count count = new Count();
		for (CrashImage image : first) {
			Case again = new Case("again", image, given.options, given.stamped);
			assertThat(CrashRun.of(image, given.options, write("third", given.stamped)).violations(count, again))
				.isEmpty();
		}
		System.out.println("crash states of a manifest, " + given + ", crashed twice: " + count);
	}

	@Test
	void aCommitBeforeTheManifestIsFoundOut() {
		Case given = new Case("replace", written(EMPTY, PLAIN, "one"), PLAIN, true);
		CrashRun run = given.run().reordered((before, steps) -> commitFirst(steps));
		assertThat(run.violations(new Count(), given)).anyMatch((text) -> text.startsWith("the entry of"));
	}

	private static List<CrashStep> commitFirst(List<CrashStep> steps) {
		List<CrashStep> order = new ArrayList<>(steps);
		CrashStep commit = steps.stream()
			.filter((step) -> step.kind() == CrashStep.Kind.RENAME && TARGET.equals(step.other()))
			.findFirst()
			.orElseThrow();
		order.remove(commit);
		int sync = 0;
		while (order.get(sync).kind() != CrashStep.Kind.SYNC && order.get(sync).kind() != CrashStep.Kind.WRITE_OUT) {
			sync++;
		}
		order.add(sync + 1, commit);
		return order;
	}

	/**
	 * A write of {@code new} or {@code third} over something.
	 */
	record Case(String name, CrashImage before, WriteOptions options, boolean stamped) implements CrashRun.Check {

		CrashRun run() {
			return CrashRun.of(this.before, this.options, write("new", this.stamped));
		}

		@Override
		public @Nullable String wrong(CrashedDisk disk, boolean acknowledged) {
			String text = disk.text(TARGET);
			if (text == null) {
				return (acknowledged || this.before.text(TARGET) != null) ? "missing" : null;
			}
			try (AtomicFileTemplate template = reader(disk.image())) {
				Optional<Manifest> found = template.manifest(TARGET);
				boolean old = text.equals(this.before.text(TARGET));
				if (found.isEmpty() || found.get().state() != State.FITS) {
					return "the entry of " + text + " is missing";
				}
				boolean known = text.equals("one") || text.equals("two") || (!text.equals("unknown") && this.stamped);
				Optional<String> expected = known ? Optional.of(text) : Optional.empty();
				Optional<String> run = found.get().entry().flatMap(Entry::run);
				return run.equals(expected) ? null
						: "the entry of " + (old ? "old " : "new ") + text + " is that of " + run;
			}
		}

		private static AtomicFileTemplate reader(CrashImage image) {
			return AtomicFileTemplate.builder().files(new CrashFileOps(image)).locks(LockRegistry.none()).build();
		}

		@Override
		public String toString() {
			return this.name + ((this.options == PLAIN) ? "" : ", with sidecar and backup");
		}

	}

}
