package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The overlap check detects overlaps, and nothing else.
 */
class OverlapCheckTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	@Test
	void locksThatExcludeShowNoOverlap() throws Exception {
		try (LockRegistry locks = LockRegistry.file()) {
			for (OverlapCheck.Report report : run(locks, 3, 40)) {
				assertThat(report.ok()).as(report.summary()).isTrue();
				assertThat(report.rounds()).isGreaterThanOrEqualTo(120);
			}
		}
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void locksThatDoNotExcludeAreDetected() throws Exception {
		for (OverlapCheck.Report report : run(LockRegistry.none(), 3, 150)) {
			assertThat(report.ok()).isFalse();
			assertThat(report.overlaps()).isPositive();
			assertThat(report.summary()).contains("OVERLAP");
		}
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void incrementThatIsLostCountsAlsoWithoutAnOverlap() {
		assertThat(new OverlapCheck.Report(this.directory, 2, 200, 100, 0, 0, 1, 0).ok()).isFalse();
		assertThat(new OverlapCheck.Report(this.directory, 2, 200, 100, 0, 0, 0, 0).ok()).isTrue();
	}

	@Test
	void participantsThatDidNotContendHaveShownNothing() {
		OverlapCheck.Report report = new OverlapCheck.Report(this.directory, 2, 200, 1, 0, 0, 0, 0);
		assertThat(report.ok()).isFalse();
		assertThat(report.summary()).contains("NOT SHOWN");
	}

	/**
	 * NFS takes clients of one host name for one, and the lock is no lock between them.
	 */
	@Test
	void clientsThatAServerTakesForOneAreReported() throws Exception {
		NfsClient one = new NfsClient("web", "", "boot-1 net:[1]");
		try (LockRegistry locks = LockRegistry.file()) {
			for (OverlapCheck.Report report : run(locks, 40, one, new NfsClient("web", "", "boot-2 net:[1]"))) {
				assertThat(report.ok()).isFalse();
				assertThat(report.sameClients()).isOne();
				assertThat(report.summary()).contains("SAME CLIENT", "2 NFS clients for one", "nfs4_unique_id");
			}
			// another name, a unique id, or a second process of the same client
			for (NfsClient other : List.of(new NfsClient("db", "", "boot-2 net:[1]"),
					new NfsClient("web", "id", "boot-2 net:[1]"), one, NfsClient.NONE)) {
				for (OverlapCheck.Report report : run(locks, 40, one, other)) {
					assertThat(report.ok()).as(report.summary()).isTrue();
				}
			}
		}
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void hostHasANameAndASystem() {
		NfsClient here = NfsClient.ofThisHost(FileOps.system());
		assertThat(here.hostName()).isNotEmpty();
		assertThat(here.system()).matches("[0-9a-f-]{36} net:\\[\\d+]");
		assertThat(NfsClient.parse(here.format())).isEqualTo(here);
		assertThat(here.isTakenFor(here)).isFalse();
	}

	@Test
	void filesOfACheckThatWasKilledAreNamed() throws Exception {
		for (int i = 1; i <= 2; i++) {
			Files.createFile(this.directory.resolve(".atomicwrite-probe-0000000000000000." + i + ".present"));
		}
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> check(LockRegistry.none(), 9, 2, 1, NfsClient.NONE))
			.withMessageContaining("3 participants")
			.withMessageContaining("delete the files .atomicwrite-probe-0000000000000000*");
	}

	private List<OverlapCheck.Report> run(LockRegistry locks, int participants, int rounds) throws Exception {
		NfsClient[] none = new NfsClient[participants];
		Arrays.fill(none, NfsClient.NONE);
		return run(locks, rounds, none);
	}

	private List<OverlapCheck.Report> run(LockRegistry locks, int rounds, NfsClient... clients) throws Exception {
		int participants = clients.length;
		ExecutorService threads = Executors.newFixedThreadPool(participants);
		try {
			List<Future<OverlapCheck.Report>> running = new ArrayList<>();
			for (int i = 0; i < participants; i++) {
				long token = i + 1;
				NfsClient client = clients[i];
				running.add(threads.submit(() -> check(locks, token, participants, rounds, client)));
			}
			List<OverlapCheck.Report> reports = new ArrayList<>();
			for (Future<OverlapCheck.Report> report : running) {
				reports.add(report.get());
			}
			return reports;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private OverlapCheck.Report check(LockRegistry locks, long token, int participants, int rounds, NfsClient client)
			throws IOException {
		return new OverlapCheck(FileOps.system(), locks, token).run(this.directory, participants, rounds, PATIENCE,
				client);
	}

}
