package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Findings.ProbeFailure;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.SecondProcess;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Holds a lock while a second process tries to acquire it.
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
		// must be the name that the registry gives the lock file
		Path target = this.probes.path(this.probes.name("locked"));
		String lockFile = this.probes.name("locked.lock");
		try (LockRegistry locks = LockRegistry.fileBuilder().files(this.probes.ops()).build()) {
			withLock(locks, target, lockFile);
		}
		catch (AtomicWriteException ex) {
			this.findings.failed(Code.LOCK_SECOND_PROCESS, String.valueOf(ex.getMessage()),
					"choose a directory on a filesystem with record locks");
		}
	}

	private void withLock(LockRegistry locks, Path target, String lockFile) {
		LockLease lease = locks.acquire(target, LockRequest.failFast());
		try (lease; SecondProcess other = SecondProcess.lock(this.probes.path(lockFile))) {
			String held = other.answer(PATIENCE);
			lease.close();
			deletion(lockFile);
			judge(other, held);
		}
		catch (IOException ex) {
			this.findings.unknown(Code.LOCK_SECOND_PROCESS,
					"no second process could be started to test the lock: " + IoErrors.text(ex),
					"make sure that a java command and a directory for temporary files are available");
		}
		if (!this.findings.has(Code.LOCK_FILE_DELETION)) {
			deletion(lockFile);
		}
	}

	private void judge(SecondProcess other, String held) throws IOException {
		if (held.equals(SecondProcess.ACQUIRED)) {
			this.findings.failed(Code.LOCK_SECOND_PROCESS, "a second process acquired a lock that was held",
					"choose a directory on a filesystem with working record locks, "
							+ "or let only one process write there");
			return;
		}
		if (!held.equals(SecondProcess.BUSY)) {
			this.findings.unknown(Code.LOCK_SECOND_PROCESS, "the second process could not test the lock: " + held,
					null);
			return;
		}
		other.again();
		String free = other.answer(PATIENCE);
		if (free.equals(SecondProcess.ACQUIRED)) {
			this.findings.ok(Code.LOCK_SECOND_PROCESS,
					"a second process was excluded while the lock was held, and acquired it afterwards");
		}
		else {
			this.findings.failed(Code.LOCK_SECOND_PROCESS, "a second process could not acquire a free lock: " + free,
					"find the program that holds it");
		}
	}

	private void deletion(String lockFile) {
		this.findings.attempt(Code.LOCK_FILE_DELETION, "let housekeeping delete leftover lock files", () -> {
			if (this.probes.directory().kind(lockFile) != null) {
				throw new ProbeFailure("the lock file still exists after the release");
			}
			return "the lock file was deleted on release";
		});
	}

}
