package io.atomicwrite.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * The engine as one run of the command has it: a signal can stop it, and a wait for the
 * lock is reported.
 */
final class Engine implements AutoCloseable {

	private final Session session;

	private final TrackedFiles files = new TrackedFiles(FileOps.system());

	private final LockFileRegistry locks;

	private final LockReport lockReport;

	private final AtomicFileTemplate template;

	private final WriteOptions options;

	Engine(Session session, WriteOptions options) {
		this(session, new LockOptions(), new CompanionOptions(), options);
	}

	Engine(Session session, LockOptions lock, CompanionOptions companions, WriteOptions options) {
		this.session = session;
		this.options = options;
		this.lockReport = new LockReport(session, this.files, lock, companions.names());
		this.locks = this.lockReport.registry();
		this.template = AtomicFileTemplate.builder()
			.files(this.files)
			.locks(this.locks)
			.defaults(options)
			.companions(companions.names())
			.build();
		session.interruption().engage(this.files, this.locks);
	}

	TrackedFiles files() {
		return this.files;
	}

	LockFileRegistry locks() {
		return this.locks;
	}

	AtomicFileTemplate template() {
		return this.template;
	}

	/**
	 * Opens a write.
	 * @param target the target
	 * @param lock how long to wait for its lock
	 */
	StagedWrite open(Path target, LockRequest lock) {
		return waiting(lock, (request) -> this.template.open(target, this.options.toBuilder().lock(request).build()));
	}

	/**
	 * Runs what needs the lock, and reports the wait if there is one.
	 * @param lock how long to wait
	 * @param operation what to do with that request, or with one that does not wait
	 */
	<T> T waiting(LockRequest lock, Locked<T> operation) {
		long start = System.nanoTime();
		if (lock.isNone() || lock.isFailFast()) {
			return acquired(start, operation.run(lock), false);
		}
		try {
			return acquired(start, operation.run(LockRequest.failFast()), false);
		}
		catch (LockNotAcquiredException ex) {
			if (ex.reason() != LockNotAcquiredException.Reason.BUSY) {
				throw ex;
			}
		}
		this.session.reporter()
			.report(Reporter.Level.NOTICE,
					"Waiting for lock on " + this.session.subject()
							+ lock.timeout().map((limit) -> " (" + Ages.text(limit) + " timeout)...").orElse("..."),
					file());
		return acquired(start, operation.run(lock), true);
	}

	private <T> T acquired(long start, T result, boolean waited) {
		Reporter.Level level = waited ? Reporter.Level.NOTICE : Reporter.Level.INFO;
		if (this.session.reporter().reports(level)) {
			Map<String, Object> details = new LinkedHashMap<>(file());
			details.put("wait_time_ms", (System.nanoTime() - start) / 1_000_000);
			this.locks.held()
				.stream()
				.findFirst()
				.ifPresent((held) -> details.put("lock_file", this.lockReport.lockFile(held.target())));
			this.session.reporter().report(level, "Lock acquired", details);
			if (details.containsKey("lock_file")) {
				this.session.reporter().report(Reporter.Level.DEBUG, "Lock file " + details.get("lock_file"), file());
			}
		}
		return result;
	}

	private Map<String, Object> file() {
		return Map.of("file", this.session.subject());
	}

	@Override
	public void close() {
		this.template.close();
		this.locks.close();
	}

	/** What needs a lock. */
	@FunctionalInterface
	interface Locked<T> {

		T run(LockRequest request);

	}

}
