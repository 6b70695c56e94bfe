package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;

/**
 * The phases of one write, in order: {@link #begin} runs those before the content,
 * {@link PendingWrite#commit} those after it. {@code docs/concepts/write-protocol.md}
 * tells why they stand in this order.
 */
final class WriteProtocol {

	/** A wait that long means that someone else had the lease. */
	private static final long CONTENDED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final FileOps files;

	private final TargetResolver resolver;

	private final CapabilityGate gate;

	private final LockRegistry locks;

	private final TargetCheck check;

	private final WriteListeners listeners;

	private final LongSupplier tokens;

	private final InFlight inFlight;

	private final InstantSource clock;

	WriteProtocol(FileOps files, TargetResolver resolver, CapabilityGate gate, LockRegistry locks,
			WriteListeners listeners, LongSupplier tokens, InstantSource clock, InFlight inFlight) {
		this.files = files;
		this.resolver = resolver;
		this.gate = gate;
		this.locks = locks;
		this.check = new TargetCheck(files);
		this.listeners = listeners;
		this.tokens = tokens;
		this.clock = clock;
		this.inFlight = inFlight;
	}

	/** Runs the phases up to an empty staging file. */
	PendingWrite begin(Path raw, WriteOptions options) {
		PendingWrite write = open(raw, options);
		try {
			this.gate.requireAtomicWrite(this.resolver.absolute(raw));
			Target target = write.resolved(this.resolver.resolve(raw, options.symlinks(), options.createDirectories()));
			write.enter(WritePhase.GATE);
			Grant grant = write.granted(this.gate.check(target, options));
			write.enter(WritePhase.LOCK);
			write.createDirectories();
			write.locked(lock(raw, target, options));
			write.enter(WritePhase.CHECK);
			target = write.resolved(this.check.check(target, options));
			write.accompany(new Companions(this.files, this.tokens, this.clock, target, options));
			write.enter(WritePhase.STAGE);
			write.openDirectory(grant);
			write.staged(
					StagingFile.create(this.files, target.directory(), target.name(),
							MetadataPreserver.createMode(target.existing(), options), this.tokens),
					this.locks.leaseMarksWriter());
			write.opened();
			return write;
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
	}

	private PendingWrite open(Path raw, WriteOptions options) {
		PendingWrite write = new PendingWrite(this.files, this.resolver.absolute(raw), options, this.listeners,
				this.inFlight::leave);
		this.inFlight.enter(write, raw);
		write.start();
		return write;
	}

	private LockLeases lock(Path raw, Target target, WriteOptions options) throws IOException {
		LockLeases lease = this.locks.acquireResolved(List.of(target.lockKey()), options.lock());
		try {
			if (lease.waited().toNanos() > CONTENDED_NANOS) {
				requireUnchanged(raw, target, options);
			}
			return lease;
		}
		catch (Throwable ex) {
			lease.close();
			throw ex;
		}
	}

	/** A link may have been led elsewhere while the write waited. */
	private void requireUnchanged(Path raw, Target target, WriteOptions options) throws IOException {
		Target now = this.resolver.resolve(raw, options.symlinks(), options.createDirectories());
		if (!now.path().equals(target.path()) || !now.lockKey().equals(target.lockKey())) {
			throw new TargetRejectedException(target.path(), WritePhase.LOCK,
					"the path led to another file once the lock was acquired; nothing was written, try again", null);
		}
	}

}
