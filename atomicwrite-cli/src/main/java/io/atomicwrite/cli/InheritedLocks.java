package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.LockLostException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import org.jspecify.annotations.Nullable;

/**
 * Locks of a process that {@code atomic-write lock} has started: the lease that its
 * ancestor holds is its own. Those that share it take turns by a lock of their own.
 */
final class InheritedLocks implements LockFileRegistry {

	/**
	 * Names to the processes below the lease that they have: its holder's pid and the
	 * target.
	 */
	static final String VARIABLE = "ATOMIC_WRITE_LEASE";

	private final LockFileRegistry own;

	private final LockRegistry turns;

	private final Path leased;

	private final long holder;

	private InheritedLocks(LockFileRegistry own, LockRegistry turns, Path leased, long holder) {
		this.own = own;
		this.turns = turns;
		this.leased = leased;
		this.holder = holder;
	}

	static LockFileRegistry orOwn(FileOps files, LockListener listener, LockFileRegistry own) {
		String lease = System.getenv(VARIABLE);
		return (lease != null) ? inherited(files, listener, own, lease) : own;
	}

	private static LockFileRegistry inherited(FileOps files, LockListener listener, LockFileRegistry own,
			String lease) {
		int split = lease.indexOf(':');
		try {
			long pid = Long.parseLong(lease.substring(0, Math.max(split, 0)));
			if (!isAncestor(pid)) {
				return own;
			}
			Path leased = Path.of(lease.substring(split + 1));
			LockRegistry turns = LockRegistry.fileBuilder()
				.files(files)
				.listener(listener)
				.companions(spelling(files, leased))
				.build();
			return new InheritedLocks(own, turns, leased, pid);
		}
		catch (IOException | IllegalArgumentException ex) {
			return own;
		}
	}

	/**
	 * Hidden if the lock file of the ancestor is, so that all who share its lease take
	 * turns on one lock file, whatever options they have.
	 */
	private static CompanionNames spelling(FileOps files, Path leased) throws IOException {
		Path directory = leased.getParent();
		if (directory == null) {
			throw new IllegalArgumentException(leased + " is no target");
		}
		String name = leased.getFileName().toString();
		String hidden = ArtifactNames.lock(CompanionNames.HIDDEN, name, NameLimit.of(files, directory, name));
		return (files.kind(directory.resolve(hidden)) != null) ? CompanionNames.HIDDEN : CompanionNames.VISIBLE;
	}

	static String value(long pid, Path target) {
		return pid + ":" + target;
	}

	private static boolean isAncestor(long pid) {
		Optional<ProcessHandle> process = ProcessHandle.current().parent();
		while (process.isPresent()) {
			if (process.get().pid() == pid) {
				return true;
			}
			process = process.get().parent();
		}
		return false;
	}

	@Override
	public LockScope scope() {
		return this.own.scope();
	}

	@Override
	public boolean leaseMarksWriter() {
		// the ancestor may end before its child does
		return false;
	}

	@Override
	public LockLease acquire(Path target, LockRequest request) {
		LockInfo info = this.own.inspect(target);
		if (request.isNone() || !info.target().equals(this.leased) || !isOfTheAncestor(info)) {
			return this.own.acquire(target, request);
		}
		return turn(request);
	}

	@Override
	public LockLeases acquireResolved(Collection<Path> targets, LockRequest request) {
		if (request.isNone() || !targets.contains(this.leased) || !isOfTheAncestor(this.own.inspect(this.leased))) {
			return this.own.acquireResolved(targets, request);
		}
		return LockLeases.acquire(targets, (target) -> target.equals(this.leased) ? turn(request)
				: this.own.acquireResolved(List.of(target), request).leases().get(0));
	}

	private LockLease turn(LockRequest request) {
		Path turn = this.leased.resolveSibling(this.leased.getFileName() + ".lock");
		return new Lease(this.turns.acquireResolved(List.of(turn), request));
	}

	private boolean isOfTheAncestor(LockInfo info) {
		Long pid = info.pid();
		return info.state() == LockInfo.State.HELD && (pid == null || pid == this.holder);
	}

	@Override
	public LockInfo inspect(Path target) {
		return this.own.inspect(target);
	}

	@Override
	public Optional<Path> leftover(Path target) {
		return this.own.leftover(target);
	}

	@Override
	public List<Path> leftovers(Path target) {
		return this.own.leftovers(target);
	}

	@Override
	public boolean releaseLeftover(Path target, Path lockFile) {
		return this.own.releaseLeftover(target, lockFile);
	}

	@Override
	public boolean releaseLeftover(Path target) {
		return this.own.releaseLeftover(target);
	}

	@Override
	public List<HeldLock> held() {
		return this.own.held();
	}

	@Override
	public List<WaitingLock> waiting() {
		return this.own.waiting();
	}

	@Override
	public void shutdown() {
		this.own.shutdown();
		this.turns.shutdown();
	}

	@Override
	public void close() {
		this.turns.close();
		this.own.close();
	}

	private final class Lease implements LockLease {

		private final LockLeases turn;

		Lease(LockLeases turn) {
			this.turn = turn;
		}

		@Override
		public Path target() {
			return InheritedLocks.this.leased;
		}

		@Override
		public Duration waited() {
			return this.turn.waited();
		}

		@Override
		public void ensureHeld() {
			this.turn.ensureHeld();
			if (!isOfTheAncestor(InheritedLocks.this.own.inspect(target()))) {
				throw new LockLostException(target(), WritePhase.COMMIT, Problem
					.of("process " + InheritedLocks.this.holder + " no longer holds its lock", Remedy.TRY_AGAIN), null);
			}
		}

		@Override
		public void close() {
			this.turn.close();
		}

	}

}
