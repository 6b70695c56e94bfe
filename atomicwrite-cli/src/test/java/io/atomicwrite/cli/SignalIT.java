package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What signals do to a write.
 */
@Forks
class SignalIT extends EndToEnd {

	/** More than a pipe takes (64 KiB): once all of it is written, the command reads. */
	private static final byte[] PART = new byte[100_000];

	/** How long it took from each signal to the end. */
	private static final List<Duration> ENDS = new ArrayList<>();

	@AfterAll
	static void tellHowLongItTook() {
		System.out
			.println("from the signal to the end: " + ENDS.stream().map(Duration::toMillis).sorted().toList() + " ms");
	}

	@BeforeEach
	void createTarget() throws IOException {
		write("f", "old");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT", "HUP" })
	void leavesNothingWhenInterruptedInTheStream(String signal) throws Exception {
		Soon.within1Second(() -> {
			try (Running running = streaming()) {
				Duration taken = assertInterrupted(running, signal);
				assertThat(names()).containsExactly("f");
				return taken;
			}
		});
	}

	/**
	 * Whoever stops a pipeline may stop the one that feeds it first. On a busy machine
	 * the signal may come late, so that one of five will do.
	 */
	@Test
	void endOfTheOneThatFeedsRightBeforeASignalIsNoEndOfTheContent() throws Exception {
		List<Integer> statuses = new ArrayList<>();
		while (!statuses.contains(3) && statuses.size() < 5) {
			write("f", "old");
			try (Running running = streaming().endInput()) {
				Thread.sleep(15);
				statuses.add(running.terminate().endAsItIs().status());
			}
			assertThat(file("f")).hasSize((statuses.get(statuses.size() - 1) == 3) ? 3 : PART.length);
			assertThat(names()).containsExactly("f");
		}
		assertThat(statuses).contains(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT" })
	void leavesNothingWhenInterruptedWhileReadingAll(String signal) throws Exception {
		Soon.within1Second(() -> {
			try (Running running = start("atomic-write", "f").type(PART)) {
				Duration taken = assertInterrupted(running, signal);
				assertThat(names()).containsExactly("f");
				return taken;
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "INT" })
	void leavesTheLockToItsHolderWhenInterruptedWhileWaitingForIt(String signal) throws Exception {
		write("in", "new");
		try (Running holder = start("atomic-write", "lock", "f", "--", "cat")) {
			patiently().until(() -> names().contains("f.lock"));
			Soon.within1Second(() -> {
				try (Running running = start("atomic-write", "-i", "in", "f")) {
					patiently().until(() -> running.err().contains("Waiting for lock"));
					awaitOpen(running, "f.lock");
					Duration taken = untilTheEnd(running, signal);
					assertThat(running.err()).isEqualTo("Waiting for lock on f...\nError: f: Interrupted\n"
							+ "Hint: the target is as it was, staging file and lock file are gone\n");
					assertThat(names()).containsExactly("f", "f.lock", "in");
					return taken;
				}
			});
			holder.end().succeeds();
		}
		assertThat(names()).containsExactly("f", "in");
	}

	/**
	 * No signal, not even SIGKILL, ends a process before the sync that it waits for: what
	 * there is to sync must be little. The disk takes 40 MB a second.
	 */
	@Test
	@RequiresRoot
	@RequiresCommand("bindfs")
	void endsSoonWhereTheDiskIsSlow() throws Exception {
		for (String name : List.of("disks", "slow", "mnt")) {
			Files.createDirectory(file(name));
		}
		sh("truncate -s 200M disks/disk && mkfs.ext4 -q disks/disk && head -c 150M /dev/zero > big").silent();
		try (Mounted slow = Mounted.by(file("slow"), "bindfs", "--write-rate=40M", file("disks").toString(),
				file("slow").toString());
				Mounted disk = Mounted.by(file("mnt"), "mount", "-o", "loop", file("slow/disk").toString(),
						file("mnt").toString())) {
			write("mnt/f", "old");
			Soon.within1Second(() -> {
				try (Running running = start("sh", "-c",
						"exec atomic-write --safety best-effort --stream mnt/f < big")) {
					patiently().until(() -> staged("mnt") >= 60_000_000);
					return untilTheEnd(running, "TERM");
				}
			});
			assertThat(file("mnt/f")).hasContent("old");
			assertThat(names(file("mnt"))).containsExactly("f", "lost+found");
		}
	}

	@Test
	void jsonTellsOfTheInterruption() throws Exception {
		try (Running running = start("atomic-write", "--json", "--stream", "f").type(PART)) {
			patiently().until(this::stagedBytes, (bytes) -> bytes == PART.length);
			assertThat(running.signal("TERM").endAsItIs().status()).isEqualTo(3);
			assertThat(running.err().lines().reduce((first, last) -> last).orElseThrow())
				.startsWith("{\"level\":\"error\"")
				.contains("\"status\":3");
		}
	}

	@Test
	void oldContentStandsAfterAKillAndTheNextWriterMindsNothing() throws Exception {
		try (Running running = streaming()) {
			assertThat(running.signal("KILL").endAsItIs().status()).isEqualTo(128 + 9);
		}
		assertThat(file("f")).hasContent("old");
		assertThat(names()).contains("f.lock").hasSize(3);
		sh("echo new | atomic-write --no-wait f").silent();
		assertThat(file("f")).hasContent("new\n");
		assertThat(names()).doesNotContain("f.lock");
		assertThat(sh("touch -d '2 minutes ago' .f.*.tmp; atomic-write housekeep --clean-orphans").succeeds().out())
			.startsWith("Deleted staging file ");
		assertThat(names()).containsExactly("f");
	}

	@Test
	@Stresses
	void killAtAnyMomentLeavesOneContentOrTheOther() throws Exception {
		sh("seq 200000 > new; cp f old").silent();
		for (int millis = 20; millis <= 400; millis += 38) {
			sh("atomic-write f < new & p=$!; sleep 0." + String.format("%03d", millis)
					+ "; kill -9 $p 2>/dev/null; wait $p 2>/dev/null; cmp -s f new || cmp f old")
				.succeeds();
		}
		sh("atomic-write --no-wait f < new && cmp f new").silent();
	}

	@Test
	@Stresses
	void interruptAtAnyMomentLeavesNothingAndTellsWhatBecameOfIt() throws Exception {
		sh("seq 200000 > new").silent();
		for (int millis = 20; millis <= 400; millis += 38) {
			write("f", "old");
			Result result = sh("atomic-write f < new 2> err & p=$!; sleep 0." + String.format("%03d", millis)
					+ "; kill -TERM $p 2>/dev/null; wait $p; echo $?");
			String status = result.out().substring(result.out().trim().lastIndexOf('\n') + 1).trim();
			// before the program runs, the shell ends by the signal, or Java with a 1
			assertThat(status).as(result.out()).isIn("0", "3", "143", "1");
			if (status.equals("1")) {
				// what the virtual machine has to say of its own start, and nothing of
				// ours
				assertThat(Files.readString(file("err"))).as(result.out()).doesNotContain("Error: f:");
			}
			boolean replaced = status.equals("0");
			assertThat(sh(replaced ? "cmp f new" : "[ \"$(cat f)\" = old ]").status()).as(result.out()).isZero();
			assertThat(names()).containsExactly("err", "f", "new");
		}
	}

	/** A write that has the lock and a part of the content, and waits for more. */
	private Running streaming() throws IOException {
		Running running = start("atomic-write", "--stream", "f").type(PART);
		patiently().until(this::stagedBytes, (bytes) -> bytes == PART.length);
		return running;
	}

	private long stagedBytes() {
		return staged(".");
	}

	private long staged(String parent) {
		return names(file(parent)).stream()
			.filter((name) -> name.endsWith(".tmp"))
			.mapToLong((name) -> file(parent).resolve(name).toFile().length())
			.sum();
	}

	/** Waits until a process has a file open, as the one that tries for a lock has. */
	private static void awaitOpen(Running running, String name) {
		Path descriptors = Path.of("/proc/" + running.pid() + "/fd");
		patiently().ignoreExceptions().until(() -> {
			try (Stream<Path> links = Files.list(descriptors)) {
				return links.anyMatch((link) -> leadsTo(link, name));
			}
		});
	}

	private static boolean leadsTo(Path link, String name) {
		try {
			return Files.readSymbolicLink(link).endsWith(name);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private Duration assertInterrupted(Running running, String signal) throws Exception {
		Duration taken = untilTheEnd(running, signal);
		assertThat(running.err())
			.isEqualTo("Error: f: Interrupted\nHint: the target is as it was, staging file and lock file are gone\n");
		assertThat(file("f")).hasContent("old");
		return taken;
	}

	/** The processes that send the signal count. */
	private static Duration untilTheEnd(Running running, String signal) throws Exception {
		long start = System.nanoTime();
		Result result = running.signal(signal).endAsItIs();
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		ENDS.add(taken);
		assertThat(result.status()).as(result.err()).isEqualTo(3);
		return taken;
	}

}
