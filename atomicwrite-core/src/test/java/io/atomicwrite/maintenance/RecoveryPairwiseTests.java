package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.test.Pairwise;
import io.atomicwrite.test.Pairwise.Case;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each option of a recovery with each other and with each state of a directory, against a
 * plain model of what is done.
 */
class RecoveryPairwiseTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private static final String STAGED = "staged";

	private static final String TOKEN = ".0123456789abcdef";

	@TempDir
	private Path temporary;

	private Path directory;

	private Path place;

	private final LockRegistry locks = LockRegistry.file();

	private final LockRegistry writers = LockRegistry.file();

	private final List<AutoCloseable> open = new ArrayList<>();

	/** What is done, by the name of the file that the report names. */
	private final Map<String, Action> expected = new TreeMap<>();

	@BeforeEach
	void paths() throws IOException {
		this.directory = this.temporary.toRealPath();
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
		this.writers.close();
		this.locks.close();
	}

	static Stream<Case> cases() {
		Pairwise pairwise = new Pairwise().with(Decision.class)
			.withFlag("dryRun")
			.withFlag("recursive")
			.withFlag("sidecars")
			.with("place", "", "sub")
			.with("orphanAge", Duration.ofMinutes(1), Duration.ofHours(2))
			.with("suffix", ".backup", ".bak")
			.with("writer", "gone", "marked", "leased")
			.withFlag("target")
			.with(Proof.class)
			.with(Announced.class);
		return Stream.concat(pairwise.cases(1).stream(), orphans().cases(2).stream().map(RecoveryPairwiseTests::whole));
	}

	/**
	 * What lives, is young or is not reached would hide what is decided, and a decision
	 * hangs on whether there is a target: these meet each proof.
	 */
	private static Pairwise orphans() {
		List<Object> choices = new ArrayList<>();
		for (Decision decision : Decision.values()) {
			choices.add(Map.of("Decision", decision, "target", true));
			choices.add(Map.of("Decision", decision, "target", false));
		}
		return new Pairwise().with("choice", choices.toArray())
			.with("reach", Map.of("place", "", "recursive", false), Map.of("place", "sub", "recursive", true))
			.with(Proof.class)
			.with(Announced.class)
			.withFlag("dryRun")
			.withFlag("sidecars")
			.with("suffix", ".backup", ".bak");
	}

	private static Case whole(Case part) {
		Map<String, @Nullable Object> values = new HashMap<>(part.values());
		for (String some : new String[] { "choice", "reach" }) {
			((Map<?, ?>) part.get(some, Map.class)).forEach((name, value) -> values.put((String) name, value));
			values.remove(some);
		}
		values.put("writer", "gone");
		values.put("orphanAge", Duration.ofMinutes(1));
		return new Case(values);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void whatIsDoneIsWhatTheModelSays(Case given) throws IOException {
		this.place = this.directory.resolve(given.get("place", String.class));
		Files.createDirectories(this.place);
		RecoveryOptions options = RecoveryOptions.defaults()
			.with((changes) -> changes.decision(given.get(Decision.class))
				.orphanAge(given.get("orphanAge", Duration.class))
				.recursive(given.is("recursive"))
				.sidecars(given.is("sidecars"))
				.backupSuffix(given.get("suffix", String.class))
				.dryRun(given.is("dryRun")));
		boolean reached = given.get("place", String.class).isEmpty() || options.recursive();
		Path staging = arrangeOrphan(given, options, reached);
		arrangeAnnounced(given, options, reached);
		Map<String, String> before = Snapshot.of(this.directory);
		RecoveryReport report = WithoutPause.recovery(FILES, this.locks, InstantSource.system())
			.recover(this.directory, options);
		Map<String, Action> found = new TreeMap<>();
		for (RecoveryReport.Step step : report.steps()) {
			String name = step.file().getFileName().toString();
			// a dry run holds no lease and leaves the orphan there: its sidecar seems
			// doubtful
			if (!options.dryRun() || step.action() != Action.DOUBTFUL || !name.startsWith("a.json")) {
				assertThat(found.put(name, step.action())).as("reported twice").isNull();
			}
		}
		assertThat(found).isEqualTo(this.expected);
		boolean judged = reached && Duration.ofHours(1).compareTo(options.orphanAge()) >= 0;
		boolean lives = !given.get("writer", String.class).equals("gone");
		assertThat(report.alive()).isEqualTo((judged && lives) ? 1 : 0);
		assertThat(report.dryRun()).isEqualTo(options.dryRun());
		if (options.dryRun()) {
			assertThat(Snapshot.of(this.directory)).isEqualTo(before);
		}
		else {
			checkFiles(staging);
		}
	}

	private Path arrangeOrphan(Case given, RecoveryOptions options, boolean reached) throws IOException {
		Path target = this.place.resolve("a.json");
		Path staging = Leftovers.aged(Files.writeString(this.place.resolve(".a.json" + TOKEN + ".tmp"), STAGED),
				Duration.ofHours(1));
		if (given.is("target")) {
			Files.writeString(target, "there");
		}
		Proof proof = given.get(Proof.class);
		proof.give(target, staging);
		Leftovers.aged(staging, Duration.ofHours(1));
		String writer = given.get("writer", String.class);
		if (writer.equals("marked")) {
			// as a writer of this engine does: what nio locks is lost to native calls
			// once
			// the snapshot has closed the file
			LockFile mark = FileOps.system().openLockFile(staging, 0, false);
			this.open.add(mark::close);
			assertThat(mark.tryLock()).isTrue();
		}
		else if (writer.equals("leased")) {
			this.writers.acquire(target, LockRequest.failFast());
		}
		boolean decided = reached && writer.equals("gone") && Duration.ofHours(1).compareTo(options.orphanAge()) >= 0;
		boolean complete = !given.is("target") && proof.complete;
		if (decided) {
			decide(given, proof, complete);
		}
		Decision decision = given.get(Decision.class);
		if (reached && options.sidecars() && proof.sidecar != null && !writer.equals("leased") && !options.dryRun()
				&& !(decided && complete && decision != Decision.SET_ASIDE)) {
			// its file is missing, or holds something else; a write under way leaves it
			// right
			this.expected.put(given.is("target") ? "a.json" : "a.json" + proof.sidecar, Action.DOUBTFUL);
		}
		return staging;
	}

	private void decide(Case given, Proof proof, boolean complete) {
		Decision decision = given.get(Decision.class);
		if (decision == Decision.FINISH && complete) {
			this.expected.put("a.json", Action.FINISHED);
		}
		else if (decision == Decision.SET_ASIDE || decision == Decision.FINISH && !given.is("target")) {
			this.expected.put(".a.json" + TOKEN + ".aside", Action.SET_ASIDE);
		}
		else {
			this.expected.put(".a.json" + TOKEN + ".tmp", Action.DISCARDED);
			if (complete && proof.sidecar != null) {
				this.expected.put("a.json" + proof.sidecar, Action.DISCARDED);
			}
		}
	}

	private void arrangeAnnounced(Case given, RecoveryOptions options, boolean reached) throws IOException {
		Announced announced = given.get(Announced.class);
		announced.arrange(this.place, options.backupSuffix());
		if (reached && options.sidecars() && announced.action != null) {
			this.expected.put(announced.named.replace(".backup", options.backupSuffix()), announced.action);
		}
	}

	private void checkFiles(Path staging) throws IOException {
		for (Map.Entry<String, Action> entry : this.expected.entrySet()) {
			Path file = this.place.resolve(entry.getKey());
			switch (entry.getValue()) {
				case DISCARDED -> assertThat(file).doesNotExist();
				case FINISHED -> {
					assertThat(file).hasContent(STAGED);
					assertThat(staging).doesNotExist();
				}
				case SET_ASIDE -> assertThat(staging).doesNotExist();
				case SETTLED -> assertThat(file).content().doesNotContain("previous");
				case DOUBTFUL -> assertThat(file).exists();
			}
		}
		if (this.expected.keySet().stream().noneMatch((name) -> name.startsWith(".a.json"))
				&& this.expected.get("a.json") != Action.FINISHED) {
			assertThat(staging).hasContent(STAGED);
		}
	}

	private static String hex(ChecksumAlgorithm algorithm, String content) {
		return Checksum.of(algorithm, content.getBytes()).hex();
	}

	/**
	 * What shows that a staging file is complete.
	 */
	enum Proof {

		/** Nothing. */
		NONE(null, false),

		/** A sidecar of the target. */
		SHA_256(".sha256", true),

		/** A sidecar by another algorithm. */
		SHA_512(".sha512", true),

		/** An attribute. */
		ATTRIBUTE(null, true),

		/** A sidecar, but of something else. */
		WRONG_SIDECAR(".sha384", false),

		/** An attribute, but of something else. */
		WRONG_ATTRIBUTE(null, false);

		private final String sidecar;

		private final boolean complete;

		Proof(String sidecar, boolean complete) {
			this.sidecar = sidecar;
			this.complete = complete;
		}

		void give(Path target, Path staging) throws IOException {
			String content = this.complete ? STAGED : "longer";
			if (this.sidecar != null) {
				ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(this.sidecar.substring(1));
				Files.writeString(target.resolveSibling(target.getFileName() + this.sidecar),
						hex(algorithm, content) + "  " + target.getFileName() + "\n");
			}
			else if (this != NONE) {
				Files.setAttribute(staging, "user:atomicwrite.sha256",
						hex(ChecksumAlgorithm.SHA_256, content).getBytes());
			}
		}

	}

	/**
	 * A sidecar of another file.
	 */
	enum Announced {

		/** Says what is there. */
		RIGHT("b.json", null),

		/** Says what was to come, and what is there. */
		PREVIOUS("b.json.sha512", Action.SETTLED),

		/** Says something else. */
		WRONG("b.json", Action.DOUBTFUL),

		/** Of a file that is not there. */
		OF_NOTHING("b.json.sha512", Action.DOUBTFUL),

		/** Of a backup that is not there, of a content that is in place. */
		OF_NO_BACKUP("b.json.backup.sha512", Action.DISCARDED),

		/** Of a backup that is not there, of a content that is lost. */
		OF_LOST_BACKUP("b.json.backup.sha512", Action.DOUBTFUL);

		private final String named;

		private final Action action;

		Announced(String named, Action action) {
			this.named = named;
			this.action = action;
		}

		void arrange(Path place, String suffix) throws IOException {
			if (this != OF_NOTHING) {
				Files.writeString(place.resolve("b.json"), "is");
			}
			boolean backup = name().endsWith("BACKUP");
			String file = backup ? "b.json" + suffix : "b.json";
			String current = switch (this) {
				case RIGHT, OF_NO_BACKUP -> "is";
				default -> "other";
			};
			String text = hex(ChecksumAlgorithm.SHA_512, current) + "  " + file + "\n";
			if (this == PREVIOUS) {
				text += "# previous " + hex(ChecksumAlgorithm.SHA_512, "is") + "\n";
			}
			Files.writeString(place.resolve(file + ".sha512"), text);
		}

	}

}
