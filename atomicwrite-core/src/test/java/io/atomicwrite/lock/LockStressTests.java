package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.lock.LockStress.Result;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stress of the locks between processes, and of protocols that must not survive it. At
 * full size: {@code mvn -pl atomicwrite-core -Pslow test -Dtest=LockStressTests}.
 */
@Stresses
@Timeout(600)
class LockStressTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("lock-stress", "locks",
			"processes of 2 threads acquire one lock, with and without deletion of its file, and are killed at random; a checker of its own looks for overlaps and lost updates",
			"acquisitions", "LockStressTests");

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "delete", "keep" })
	void neverHasTwoHolders(String protocol) throws IOException {
		assertNoOverlap(run(protocol, 4, 1500, 4));
	}

	@Test
	void checkerSeesTheOverlapsOfTheNaiveProtocol() throws IOException {
		assertOverlaps("naive", run("naive", 4, 3000, 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "delete", "keep" })
	@Tag("slow")
	void neverHasTwoHoldersAtFullSize(String protocol) throws IOException {
		assertNoOverlap(run(protocol, 8, 25_000, 60));
	}

	/** The inode one needs a filesystem that uses inode numbers again, as ext4 does. */
	@ParameterizedTest
	@ValueSource(strings = { "naive", "inode" })
	@Tag("slow")
	void checkerSeesTheOverlapsOfBrokenProtocolsAtFullSize(String protocol) throws IOException {
		assertOverlaps(protocol, run(protocol, 8, 25_000, 0));
	}

	private static void assertOverlaps(String protocol, Result result) {
		TALLY.control("protocol '" + protocol + "'", result.acquisitions(), result.overlaps());
		assertThat(result.overlaps()).isPositive();
	}

	private Result run(String protocol, int processes, long total, int kills) throws IOException {
		return new LockStress(this.directory, protocol, processes, 2, total).run(kills);
	}

	private void assertNoOverlap(Result result) {
		TALLY.add(result.acquisitions());
		assertThat(result.overlaps()).as(result::toString).isZero();
		assertThat(result.lostUpdates()).as(result::toString).isZero();
		// it would be no test of processes if one of them did all the work
		assertThat(result.switches()).as(result::toString).isGreaterThan(result.acquisitions() / 50);
		LockRegistry locks = LockRegistry.file();
		try (LockLease lease = locks.tryAcquire(this.directory.resolve("target")).orElseThrow()) {
			lease.ensureHeld();
		}
		assertThat(Files.exists(this.directory.resolve("target.lock"))).isFalse();
	}

}
