package io.atomicwrite.document;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.watch.FileWatch;
import io.atomicwrite.watch.Look;

/**
 * Carries all changes that wait by one write. Used by one thread at a time, the leader of
 * the queue.
 *
 * @param <T> the type of the value
 */
final class BatchWriter<T> {

	/** How often changes are made anew if someone without a lease is faster. */
	private static final int REPEATS = 3;

	/** Others wait for the lease; what takes longer goes into the next write. */
	private static final long FUNCTIONS_NANOS = 1_000_000_000;

	private final DocumentFile file;

	private final DocumentCodec<T> codec;

	private final Holder<T> holder;

	private final SettledReads reads;

	private final RejectedCopies rejected;

	private final DocumentEvents events;

	private final int maxSize;

	private final FileWatch watch;

	/** Whether what the file holds may not be durable, so that it is written again. */
	private boolean doubtful;

	/** What was copied aside in this run. */
	private String copied = "";

	BatchWriter(DocumentFile file, DocumentCodec<T> codec, Holder<T> holder, SettledReads reads,
			RejectedCopies rejected, DocumentEvents events, FileWatch watch, int maxSize) {
		this.file = file;
		this.codec = codec;
		this.holder = holder;
		this.reads = reads;
		this.rejected = rejected;
		this.events = events;
		this.watch = watch;
		this.maxSize = maxSize;
	}

	/**
	 * Acquires the lease, takes the changes that wait by then, and completes each.
	 * @throws RuntimeException if the lease could not be acquired; no change was taken
	 */
	void run(LockRequest request, ChangeQueue<T> queue) {
		List<Ticket<T>> batch = new ArrayList<>();
		this.copied = "";
		for (int repeats = 0; repeats == 0 || !batch.isEmpty(); repeats++) {
			try (DocumentFile.Write write = this.file.begin(request)) {
				if (repeats == 0) {
					batch.addAll(queue.take());
				}
				attempt(write, batch, queue);
				return;
			}
			catch (RuntimeException | Error ex) {
				if (batch.isEmpty()) {
					this.events.updateFailed(this.file.path(), ex);
					throw ex;
				}
				if (!(ex instanceof VersionConflictException) || repeats == REPEATS) {
					batch.forEach((ticket) -> fail(ticket, ex));
					return;
				}
			}
		}
	}

	private void fail(Ticket<T> ticket, Throwable failure) {
		ticket.fail(failure);
		this.events.updateFailed(this.file.path(), failure);
	}

	private void attempt(DocumentFile.Write write, List<Ticket<T>> batch, ChangeQueue<T> queue) {
		long begun = System.nanoTime();
		Look look = look();
		Held<T> held = this.holder.adopt(look);
		Draft<T> base = held.draft();
		Map<Ticket<T>, Draft<T>> outcomes = apply(base, batch, queue);
		if (outcomes.isEmpty()) {
			return;
		}
		Draft<T> draft = base;
		for (Draft<T> next : outcomes.values()) {
			draft = next;
		}
		byte[] content = draft.content();
		if (content != null && (draft != base || this.doubtful) && !isWritten(content, look)) {
			if (base.problem().isPresent()) {
				copyAside(write, look);
			}
			commit(write, draft, content, look);
			this.events.updated(this.file.path(), outcomes.size(), Duration.ofNanos(System.nanoTime() - begun));
		}
		outcomes.forEach(Ticket::complete);
	}

	/** Reads the file under its lease, unless it is known to be unchanged. */
	private Look look() {
		Held<T> held = this.holder.held();
		if (held.isOfFile() && held.signature().isPresent() && held.content().isPresent()
				&& this.file.isUnchanged(held.signature().get())) {
			return new Look.Content(held.content().get(), held.signature().get());
		}
		return this.reads.read(held);
	}

	/** Whether the file holds the content already, durably as far as is known. */
	private boolean isWritten(byte[] content, Look look) {
		return !this.doubtful && look instanceof Look.Content there && Arrays.equals(there.bytes(), content);
	}

	/** Applies the changes, each on what the one before has made. */
	private Map<Ticket<T>, Draft<T>> apply(Draft<T> base, List<Ticket<T>> batch, ChangeQueue<T> queue) {
		Map<Ticket<T>, Draft<T>> outcomes = new LinkedHashMap<>();
		Draft<T> draft = base;
		long begun = System.nanoTime();
		for (Ticket<T> ticket : List.copyOf(batch)) {
			if (!outcomes.isEmpty() && System.nanoTime() - begun > FUNCTIONS_NANOS) {
				List<Ticket<T>> late = new ArrayList<>(batch.subList(batch.indexOf(ticket), batch.size()));
				batch.removeAll(late);
				queue.putBack(late);
				return outcomes;
			}
			Draft<T> before = draft;
			try {
				draft = Nesting.inside(this.file.canonical(), () -> ticket.step().apply(before));
				outcomes.put(ticket, draft);
			}
			catch (Throwable ex) {
				batch.remove(ticket);
				fail(ticket, (ex instanceof MutatedValueException mutated) ? mutated.found() : ex);
				if (ex instanceof MutatedValueException) {
					draft = repaired(draft);
				}
			}
		}
		return outcomes;
	}

	/** Reads the value anew that a change has modified. */
	private Draft<T> repaired(Draft<T> spoilt) {
		this.holder.repair();
		byte[] content = spoilt.content();
		if (content == null) {
			Held<T> held = this.holder.held();
			return new Draft<>(held.snapshot().value(), null, spoilt.version(), spoilt.problem(), spoilt.losses());
		}
		return (this.codec.read(content) instanceof Reading.Valid<T> valid)
				? new Draft<>(valid.value(), content, spoilt.version(), spoilt.problem(), spoilt.losses()) : spoilt;
	}

	private void copyAside(DocumentFile.Write write, Look bad) {
		String seen = Held.seen(bad);
		if (bad instanceof Look.Missing || seen.equals(this.copied)) {
			return;
		}
		try {
			this.rejected.copy(write, bad);
			this.copied = seen;
		}
		catch (IOException ex) {
			throw new WriteFailedException(this.file.canonical(), WritePhase.COMPANIONS, WriteOutcome.NOT_COMMITTED,
					Problem.of(IoErrors.text(ex) + " while copying aside what the file holds",
							Remedy.of(WritePhase.COMPANIONS, IoErrors.classify(ex))),
					ex);
		}
	}

	private void commit(DocumentFile.Write write, Draft<T> draft, byte[] content, Look base) {
		this.holder.committing(draft.version().toString());
		try (FileWatch.Hold hold = this.watch.hold()) {
			write.commit(content, draft.losses(), base);
			this.doubtful = false;
			this.holder.own(draft, content);
			this.watch.seen(content);
		}
		catch (RuntimeException | Error ex) {
			this.holder.committing("");
			if (!(ex instanceof AtomicWriteException failure) || failure.outcome() != WriteOutcome.NOT_COMMITTED) {
				this.doubtful = true;
				publishFound(draft, content);
			}
			throw ex;
		}
		finally {
			this.holder.committing("");
		}
	}

	/** After a failure the file holds either content. */
	private void publishFound(Draft<T> draft, byte[] content) {
		Look look = this.file.read(this.maxSize);
		if (Held.seen(look).equals(draft.version().toString())) {
			this.holder.own(draft, content);
		}
		else {
			this.holder.adopt(look);
		}
	}

}
