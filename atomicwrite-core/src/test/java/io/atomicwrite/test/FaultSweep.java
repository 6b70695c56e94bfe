package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Fails call 1, 2, 3, … of an operation until it runs without a fault, and holds what it
 * reports against what is there.
 */
public final class FaultSweep {

	private static final String OLD = "old content";

	private static final String NEW = "new content";

	private static final List<Throwable> FAULTS = List.of(new FileSystemException("f", null, "Input/output error"),
			new IOException("No space left on device"), new IOException("Disk quota exceeded"),
			new FileSystemException("f", null, "Read-only file system"), new AccessDeniedException("f"),
			new FileSystemException("f", null, "Too many open files"),
			new AtomicMoveNotSupportedException("f", "f", "x"), new OutOfMemoryError("pretended"),
			new IllegalStateException("pretended"));

	private static final int ATTEMPTS = 10;

	private static final Duration NO_WAIT = Duration.ZERO;

	private static final Duration LONG_WAIT = Duration.ofMinutes(1);

	private final Path root;

	private final UnaryOperator<FileOps> mutation;

	private final Runnable run;

	private int count;

	/**
	 * Creates a sweep.
	 * @param root an empty directory
	 * @param mutation what stands between the engine and the calls that fail
	 * @param run is called for each run
	 */
	public FaultSweep(Path root, UnaryOperator<FileOps> mutation, Runnable run) {
		this.root = root;
		this.mutation = mutation;
		this.run = run;
	}

	/**
	 * Returns the forms of write.
	 * @return the forms
	 */
	public static Stream<Scenario> scenarios() {
		WriteOptions defaults = WriteOptions.engineDefaults();
		WriteOptions free = defaults.toBuilder().lock(LockRequest.none()).build();
		WriteOptions fresh = defaults.toBuilder().overwrite(false).build();
		List<Scenario> scenarios = new ArrayList<>();
		for (WriteOptions options : List.of(defaults, free)) {
			String lock = (options == free) ? " without lock" : "";
			scenarios.add(new Scenario("overwrite" + lock, true, "f", (t, f) -> t.writeString(f, NEW, options)));
			scenarios.add(new Scenario("create" + lock, false, "f", (t, f) -> t.writeString(f, NEW, options)));
			scenarios.add(new Scenario("create with directories" + lock, false, "a/b/f",
					(t, f) -> t.writeString(f, NEW, options)));
			scenarios.add(new Scenario("stream" + lock, true, "f", (t, f) -> {
				try (StagedWrite out = t.open(f, options)) {
					out.output().write(NEW.getBytes());
					out.commit();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}));
		}
		scenarios.add(new Scenario("no-clobber", false, "f", (t, f) -> t.writeString(f, NEW, fresh)));
		scenarios.add(new Scenario("append", true, "f", (t, f) -> t.append(f, NEW.getBytes())));
		WriteOptions stamped = defaults.with((changes) -> changes.stamp(Stamp.ofRun("42")));
		scenarios.add(new Scenario("create with a stamp", false, "f", (t, f) -> t.writeString(f, NEW, stamped)));
		scenarios.add(new Scenario("overwrite with a stamp", true, "f", (t, f) -> t.writeString(f, NEW, stamped)));
		scenarios.add(new Scenario("require everything", true, "f",
				(t, f) -> t.writeString(f, NEW,
						defaults.toBuilder()
							.owner(MetadataPolicy.REQUIRE)
							.attributes(MetadataPolicy.REQUIRE)
							.mode(ModePolicy.exactly(0640))
							.reportVersion(true)
							.build())));
		return scenarios.stream();
	}

	/**
	 * Fails each call with each error, after it was done, with all that follow, and where
	 * the lease was waited for.
	 * @param scenario the form of write
	 * @throws IOException if the test itself can't set a file up
	 */
	public void everyCallFailsOnce(Scenario scenario) throws IOException {
		for (Throwable fault : FAULTS) {
			sweep(scenario, fault, false, false, NO_WAIT);
		}
		sweep(scenario, FAULTS.get(0), false, false, LONG_WAIT);
		sweep(scenario, FAULTS.get(0), true, false, NO_WAIT);
		sweep(scenario, FAULTS.get(0), false, true, NO_WAIT);
	}

	/**
	 * Fails each call with one error, and each after it was done.
	 * @param name the name of the form of write
	 * @throws IOException if the test itself can't set a file up
	 */
	public void everyCallFailsOnce(String name) throws IOException {
		Scenario chosen = scenarios().filter((scenario) -> scenario.toString().equals(name)).findFirst().orElseThrow();
		sweep(chosen, FAULTS.get(0), false, false, NO_WAIT);
		sweep(chosen, FAULTS.get(0), true, false, NO_WAIT);
	}

	/** Only a sweep that met each call of one and the same run counts. */
	private void sweep(Scenario scenario, Throwable fault, boolean afterwards, boolean persistent, Duration waited)
			throws IOException {
		List<String> differences = new ArrayList<>();
		while (!meetsEachCall(scenario, fault, afterwards, persistent, waited, differences)) {
			assertThat(differences).as(scenario + ": sweeps whose runs made different calls").hasSizeLessThan(ATTEMPTS);
		}
	}

	private boolean meetsEachCall(Scenario scenario, Throwable fault, boolean afterwards, boolean persistent,
			Duration waited, List<String> differences) throws IOException {
		List<Op> met = new ArrayList<>();
		boolean hit = true;
		for (int nth = 1; hit; nth++) {
			Path directory = Files.createDirectory(this.root.resolve("run" + this.count++));
			Path target = directory.resolve(scenario.target);
			if (scenario.exists) {
				Files.writeString(target, OLD);
				Files.setAttribute(target, "user:colour", "green".getBytes());
			}
			FaultyFileOps files = new FaultyFileOps(FileOps.system());
			FileOps seen = this.mutation.apply(files);
			if (afterwards) {
				files.afterwards();
			}
			if (persistent) {
				files.persistently();
			}
			List<Op> failed = new ArrayList<>();
			LockRegistry locks = new GivenWaits(LockRegistry.fileBuilder().files(seen).build(), waited);
			AtomicFileTemplate template = AtomicFileTemplate.builder().files(seen).locks(locks).build();
			files.fail((call) -> {
				// what can't be failed: looking at a mount is cached, cleaning up has its
				// own test
				boolean counts = call.op() != Op.MOUNT && (persistent || call.op() != Op.DELETE);
				if (counts) {
					failed.add(call.op());
				}
				return counts;
			}, nth, fault);
			this.run.run();
			Throwable thrown = run(scenario, template, target);
			hit = files.hit();
			files.heal();
			String what = scenario + ", call " + nth + " " + (failed.size() >= nth ? failed.get(nth - 1) : "-") + " "
					+ fault + (afterwards ? " afterwards" : "") + (persistent ? " and all after it" : "") + " -> "
					+ thrown;
			if (!hit) {
				// else a failure of the machine would end the sweep unseen
				assertThat(thrown).as(what).isNull();
			}
			check(scenario, directory, target, thrown, what, persistent || (afterwards && hit));
			List<Op> calls = List.copyOf(failed);
			assertThat(locks.held()).as(what).isEmpty();
			assertThat(locks.waiting()).as(what).isEmpty();
			template.writeString(target, "after");
			assertThat(target).as(what).hasContent("after");
			locks.close();
			if (!hit) {
				if (!met.equals(calls)) {
					differences.add("failed " + met + ", made " + calls);
				}
				return met.equals(calls);
			}
			met.add(calls.get(nth - 1));
		}
		throw new IllegalStateException("a sweep ends with a run in which nothing fails");
	}

	private static @Nullable Throwable run(Scenario scenario, AtomicFileTemplate template, Path target) {
		try {
			scenario.operation.run(template, target);
			return null;
		}
		catch (Exception | OutOfMemoryError ex) {
			return ex;
		}
	}

	/** The reported outcome is true, the target whole, and nothing is left behind. */
	private void check(Scenario scenario, Path directory, Path target, @Nullable Throwable thrown, String what,
			boolean leftoversExcused) throws IOException {
		String before = scenario.exists ? OLD : null;
		String found = Files.exists(target) ? Files.readString(target) : null;
		String after = scenario.toString().equals("append") ? OLD + NEW : NEW;
		if (found != null && !found.equals(before) && !found.equals(after)) {
			fail(what + " left a torn target: " + found);
		}
		if (thrown == null) {
			assertThat(found).as(what).isEqualTo(after);
		}
		else if (thrown instanceof AtomicWriteException ex) {
			if (ex.outcome() == WriteOutcome.NOT_COMMITTED) {
				assertThat(found).as(what).isEqualTo(before);
			}
			if (ex.outcome() == WriteOutcome.VISIBLE_NOT_DURABLE) {
				assertThat(found).as(what).isEqualTo(after);
			}
			assertThat(ex).as(what).hasMessageStartingWith(directory.toString());
		}
		if (scenario.isStamped() && NEW.equals(found)) {
			Optional<Manifest> manifest = AtomicFileTemplate.create().manifest(target);
			assertThat(manifest.map(Manifest::state)).as(what).contains(Manifest.State.FITS);
		}
		if (!leftoversExcused) {
			List<String> expected = new ArrayList<>();
			if (found != null) {
				for (Path path = directory.relativize(target); path != null; path = path.getParent()) {
					expected.add(path.toString());
				}
			}
			List<String> content = new ArrayList<>(DirectoryContent.of(directory));
			if (scenario.isStamped() && NEW.equals(found)) {
				expected.add(target.getFileName() + ".manifest.json");
			}
			// a lock file that could not be locked or deleted is left over, and harmless
			boolean lockLeft = content.removeIf((name) -> name.endsWith(".lock"));
			if (!lockLeft) {
				assertThat(content).as(what).containsExactlyInAnyOrderElementsOf(expected);
			}
			assertThat(content).as(what).noneMatch((name) -> name.endsWith(".tmp"));
		}
	}

	/**
	 * A sync that failed may have thrown away what it was to write.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void failedSyncOfTheFileIsNeverRepeated() throws IOException {
		Path target = Files.writeString(this.root.resolve("f"), OLD);
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(this.mutation.apply(files)).build();
		files.fail((call) -> call.op() == Op.SYNC, 1, "Input/output error");
		Throwable thrown = run(new Scenario("", true, "f", (t, f) -> t.writeString(f, NEW)), template, target);
		assertThat(thrown).isInstanceOfSatisfying(AtomicWriteException.class,
				(ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(target).hasContent(OLD);
		assertThat(DirectoryContent.of(this.root)).containsExactly("f");
	}

	/**
	 * A form of write.
	 */
	public static final class Scenario {

		private final String name;

		private final boolean exists;

		private final String target;

		private final Operation operation;

		Scenario(String name, boolean exists, String target, Operation operation) {
			this.name = name;
			this.exists = exists;
			this.target = target;
			this.operation = operation;
		}

		boolean isStamped() {
			return this.name.endsWith(" with a stamp");
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	private interface Operation {

		void run(AtomicFileTemplate template, Path target);

	}

}
