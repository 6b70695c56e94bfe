package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import io.atomicwrite.WritePhase;
import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.Forks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGKILL at each phase of a write and at random moments: the target is the old content
 * or the new, whole and with the checksum that it is to have; the next writer minds
 * nothing; and what is left behind goes.
 */
@Forks
class KillIT extends EndToEnd {

	/**
	 * How many kills at random; more than the usual ones also ask for every phase of
	 * every write.
	 */
	private static final int RANDOM = Integer.getInteger("kills.random", 4);

	private static final boolean USUAL = RANDOM <= 4;

	private static final long SEED = Long.getLong("kills.seed", USUAL ? 1 : new Random().nextLong());

	/** The checks of one kill, and what the directory then holds. */
	private static final String AFTERWARDS = """
			set -e
			cd "$1"; next=$2; sums=$3; shift 3
			[ -z "$sums" ] || [ ! -e f ] || atomic-write verify -q f
			atomic-write --no-wait "$@" -i "$next" f
			[ -z "$sums" ] || atomic-write verify -q f
			atomic-write recover -q --older-than 0s
			atomic-write housekeep -q --clean-locks --clean-orphans --older-than 0s
			""";

	private final List<String> violations = new ArrayList<>();

	private int kills;

	private int replaced;

	@Test
	void killLeavesOneContentOrTheOtherAndNothingInTheWay() throws Exception {
		prepare();
		for (Kill kill : USUAL ? slice() : all()) {
			atPhase(kill);
		}
		Random random = new Random(SEED);
		long whole = timeOfAWrite();
		for (int i = 0; i < RANDOM; i++) {
			Writing writing = Writing.values()[i % Writing.values().length];
			atRandom(writing, i % 3 != 0, (long) (random.nextDouble() * whole));
		}
		int torn = killRedirections();
		record(torn);
		System.out.printf("%d kills, new content after %d writes, %d of %d redirections torn, seed %d%n", this.kills,
				this.replaced, torn, 2, SEED);
		assertThat(this.violations).as("seed " + SEED).isEmpty();
		assertThat(torn).isEqualTo(2);
		assertThat(this.kills).as("killed while they ran").isGreaterThan(WritePhase.values().length);
	}

	/** Each phase once, the writes in turn. */
	private static List<Kill> slice() {
		List<Kill> slice = new ArrayList<>();
		Writing[] writings = Writing.values();
		for (WritePhase phase : WritePhase.values()) {
			Writing writing = writings[(phase.ordinal() + writings.length - 1) % writings.length];
			slice.add(new Kill(phase, writing, phase.ordinal() % 3 != 0));
		}
		return slice;
	}

	private static List<Kill> all() {
		List<Kill> all = new ArrayList<>();
		for (WritePhase phase : WritePhase.values()) {
			for (Writing writing : Writing.values()) {
				all.add(new Kill(phase, writing, true));
				all.add(new Kill(phase, writing, false));
			}
		}
		return all;
	}

	/**
	 * A target of each kind that was written as it will be replaced, and the contents.
	 */
	private void prepare() throws IOException {
		Files.writeString(file("old"), "old\n".repeat(50_000));
		Files.writeString(file("new"), "new\n".repeat(50_000));
		Files.writeString(file("next"), "next\n".repeat(50_000));
		for (Writing writing : Writing.values()) {
			Files.createDirectory(file(writing.name()));
			run(command(writing, "old", writing.name() + "/f")).silent();
		}
	}

	private String[] command(Writing writing, String input, String target) {
		List<String> words = new ArrayList<>(List.of("atomic-write"));
		words.addAll(writing.options);
		words.addAll(List.of("-i", file(input).toString(), target));
		return words.toArray(new String[0]);
	}

	private long timeOfAWrite() {
		long start = System.nanoTime();
		run(command(Writing.PLAIN, "new", "timed")).silent();
		return System.nanoTime() - start;
	}

	private void atPhase(Kill kill) throws Exception {
		Path place = place(kill.writing, kill.existing);
		try (PhaseStop stop = new PhaseStop()) {
			List<String> words = new ArrayList<>(List.of("env", "ATOMIC_WRITE_JAVA_OPTS=" + stop.javaOptions()));
			words.addAll(List.of(command(kill.writing, "new", place.resolve("f").toString())));
			try (Running running = start(words.toArray(new String[0]))) {
				assertThat(stop.kill(kill.phase, running)).as("reaches " + kill + ": " + running.err()).isTrue();
				assertThat(running.endAsItIs().status()).isEqualTo(128 + 9);
			}
		}
		boolean done = check(place, kill.writing, kill.existing, kill.toString());
		if (done != kill.phase.compareTo(WritePhase.COMMIT) > 0) {
			this.violations.add(kill + ": the target is " + (done ? "new" : "old"));
		}
		this.kills++;
	}

	private void atRandom(Writing writing, boolean existing, long nanos) throws Exception {
		Path place = place(writing, existing);
		try (Running running = start(command(writing, "new", place.resolve("f").toString()))) {
			if (!running.endsWithin(nanos)) {
				running.kill();
			}
			this.kills += (running.endAsItIs().status() == 128 + 9) ? 1 : 0;
		}
		check(place, writing, existing, writing + (existing ? "" : ", no target") + " after " + nanos / 1000 + " us");
	}

	private Path place(Writing writing, boolean existing) {
		Path place = file("place");
		assertThat(run("sh", "-c", "rm -rf place; " + (existing ? "cp -a $0 place" : "mkdir place"), writing.name())
			.status()).isZero();
		return place;
	}

	/**
	 * Looks at what a kill has left.
	 * @return whether the target is new
	 */
	private boolean check(Path place, Writing writing, boolean existing, String what) throws IOException {
		String old = existing ? Files.readString(file("old")) : null;
		String added = Files.readString(file("new"));
		String whole = (writing == Writing.APPEND && existing) ? old + added : added;
		String found = content(place.resolve("f"));
		boolean done = whole.equals(found);
		if (!done && !((found != null) ? found.equals(old) : old == null)) {
			this.violations.add(what + ": the target is neither old nor new");
		}
		this.replaced += done ? 1 : 0;
		Result result = run(afterwards(place, writing));
		if (result.status() != 0) {
			this.violations.add(what + ": " + result);
			return done;
		}
		String next = Files.readString(file("next"));
		if (!((writing == Writing.APPEND && found != null) ? found + next : next).equals(content(place.resolve("f")))) {
			this.violations.add(what + ": the next writer's content is not there");
		}
		boolean kept = writing == Writing.BACKUP && found != null;
		if (kept && !found.equals(content(place.resolve("f.backup")))) {
			this.violations.add(what + ": the backup is not what was replaced");
		}
		if (!names(place).equals(writing.names(kept))) {
			this.violations.add(what + ": left behind " + names(place));
		}
		return done;
	}

	private String[] afterwards(Path place, Writing writing) {
		List<String> words = new ArrayList<>(List.of("sh", "-c", AFTERWARDS, "sh", place.toString(),
				file("next").toString(), writing.isSummed() ? "sums" : ""));
		words.addAll(writing.options);
		return words.toArray(new String[0]);
	}

	private static @Nullable String content(Path file) throws IOException {
		return Files.exists(file) ? Files.readString(file) : null;
	}

	/** The control: what the shell itself writes, killed in the middle. */
	private int killRedirections() throws Exception {
		int torn = 0;
		for (boolean existing : new boolean[] { true, false }) {
			Path target = place(Writing.PLAIN, existing).resolve("f");
			byte[] content = Files.readAllBytes(file("new"));
			try (Running running = start("sh", "-c", "exec cat > \"$0\"", target.toString())
				.type(Arrays.copyOf(content, content.length / 2))) {
				patiently().until(() -> Files.exists(target) && Files.size(target) == content.length / 2);
				running.signal("KILL").endAsItIs();
			}
			String found = content(target);
			torn += (found != null && !found.equals(Files.readString(file("old")))
					&& !found.equals(Files.readString(file("new")))) ? 1 : 0;
		}
		return torn;
	}

	private void record(int torn) throws IOException {
		new EvidenceRecord("command-kills", "processes killed",
				"SIGKILL of the packaged command, held by a debugger where its write enters a phase, each in its turn, and"
						+ " at random moments; plain, with either checksum, with a backup, appending; with a target and"
						+ " without: the target is old or new and verifies, the next writer needs no cleaning, recover and"
						+ " housekeep leave nothing",
				this.kills, "kills", this.violations.size(),
				"mvn -pl atomicwrite-cli -am verify -Dtest=NONE -Dit.test=KillIT -Dsurefire.failIfNoSpecifiedTests=false"
						+ (USUAL ? "" : " -Dkills.random=" + RANDOM),
				USUAL ? Scope.SLICE : Scope.LONG)
			.withControl("cat > f, killed in the middle", 2, torn)
			.write();
	}

	/**
	 * One kill.
	 *
	 * @param phase where
	 * @param writing of what
	 * @param existing whether there is a target
	 */
	private record Kill(WritePhase phase, Writing writing, boolean existing) {
	}

	/**
	 * The ways to write that have steps of their own.
	 */
	private enum Writing {

		PLAIN, SIDECAR("--checksum", "sidecar"), ATTRIBUTE("--checksum", "attribute"), BACKUP("--backup"),
		APPEND("--append");

		private final List<String> options;

		Writing(String... options) {
			this.options = List.of(options);
		}

		boolean isSummed() {
			return this.options.contains("--checksum");
		}

		/** What there is in the end. */
		List<String> names(boolean kept) {
			TreeSet<String> names = new TreeSet<>(List.of("f"));
			if (this == SIDECAR) {
				names.add("f.sha256");
			}
			if (kept) {
				names.add("f.backup");
			}
			return List.copyOf(names);
		}

	}

}
