package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.doctor.Findings.ProbeFailure;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.SecondProcess;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Holds a lock and lets a second process try to take it.
 */
final class LockProbe {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ProbeFiles probes;

	private final Findings findings;

	LockProbe(ProbeFiles probes, Findings findings) {
		this.probes = probes;
		this.findings = findings;
	}

	void run() {
		// the lock file has the name that the registry gives it
		Path target = this.probes.name("locked");
		Path lockFile = this.probes.name("locked.lock");
		try (LockRegistry locks = LockRegistry.fileBuilder().files(this.probes.ops()).build()) {
			withLock(locks, target, lockFile);
		}
		catch (AtomicWriteException ex) {
			this.findings.failed(FindingCode.LOCK_SECOND_PROCESS, String.valueOf(ex.getMessage()),
					"choose a directory on a filesystem with record locks");
		}
	}

	private void withLock(LockRegistry locks, Path target, Path lockFile) {
		LockLease lease = locks.acquire(target, LockRequest.failFast());
		try (lease; SecondProcess other = SecondProcess.lock(lockFile)) {
			String held = other.answer(PATIENCE);
			lease.close();
			deletion(lockFile);
			judge(other, held);
		}
		catch (IOException ex) {
			this.findings.unknown(FindingCode.LOCK_SECOND_PROCESS,
					"no second process could be started to try the lock: " + IoErrors.text(ex),
					"run the diagnosis where there is a java command and a directory for temporary files");
		}
		if (!this.findings.has(FindingCode.LOCK_FILE_DELETION)) {
			deletion(lockFile);
		}
	}

	private void judge(SecondProcess other, String held) throws IOException {
		if (held.equals(SecondProcess.ACQUIRED)) {
			this.findings.failed(FindingCode.LOCK_SECOND_PROCESS, "a second process got a lock that was held",
					"choose a directory on a filesystem that carries record locks, "
							+ "or let one process alone write there");
			return;
		}
		if (!held.equals(SecondProcess.BUSY)) {
			this.findings.unknown(FindingCode.LOCK_SECOND_PROCESS, "the second process could not try: " + held, null);
			return;
		}
		other.again();
		String free = other.answer(PATIENCE);
		if (free.equals(SecondProcess.ACQUIRED)) {
			this.findings.ok(FindingCode.LOCK_SECOND_PROCESS,
					"a second process was excluded while the lock was held, and not afterwards");
		}
		else {
			this.findings.failed(FindingCode.LOCK_SECOND_PROCESS,
					"a second process did not get a lock that was free: " + free,
					"look for another program that holds it");
		}
	}

	private void deletion(Path lockFile) {
		this.findings.attempt(FindingCode.LOCK_FILE_DELETION, "delete leftover lock files by housekeeping", () -> {
			if (this.probes.ops().kind(lockFile) != null) {
				throw new ProbeFailure("the lock file is still there after the release");
			}
			return "the lock file is gone after the release";
		});
	}

}
