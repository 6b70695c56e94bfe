package io.atomicwrite.document;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import io.atomicwrite.watch.Signature;
import org.jspecify.annotations.Nullable;

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

	/** What was written last, unless it may not be in the file. */
	private @Nullable Written written;

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
		Base<T> base = base(write);
		Applied<T> applied = apply(base.draft(), batch, queue);
		if (!base.read() && (!applied.failures().isEmpty() || toWrite(applied.last(base.draft()), base).isEmpty())) {
			// only a commit reads the file: without one, what is only supposed must
			// neither refuse a change nor leave one out
			Base<T> found = read();
			applied = found.isSameAs(base) ? applied : apply(found.draft(), batch, queue);
			base = found;
		}
		applied.failures().forEach((ticket, failure) -> {
			batch.remove(ticket);
			fail(ticket, failure);
		});
		if (applied.drafts().isEmpty()) {
			return;
		}
		Draft<T> draft = applied.last(base.draft());
		Optional<byte[]> content = toWrite(draft, base);
		if (content.isPresent()) {
			if (base.draft().problem().isPresent()) {
				copyAside(write, base.look());
			}
			commit(write, draft, content.get(), base);
			this.events.updated(this.file.path(), applied.drafts().size(), Duration.ofNanos(System.nanoTime() - begun));
		}
		applied.drafts().forEach(Ticket::complete);
	}

	/**
	 * Returns what the changes build on. The file is read under its lease, unless it is
	 * known to be unchanged, or looks like what this document has written last.
	 */
	private Base<T> base(DocumentFile.Write write) {
		Held<T> held = this.holder.held();
		if (held.isOfFile() && held.signature().isPresent() && held.content().isPresent()
				&& this.file.isUnchanged(held.signature().get())) {
			return adopted(new Look.Content(held.content().get(), held.signature().get()));
		}
		Written own = this.written;
		Optional<Signature> found = write.found();
		if (own != null && held.isOfFile() && held.content().filter((bytes) -> bytes == own.content()).isPresent()
				&& found.filter(own.signature()::isAlike).isPresent()) {
			return new Base<>(new Look.Content(own.content(), found.get()), held.draft(), false);
		}
		return read();
	}

	private Base<T> read() {
		return adopted(this.reads.read(this.holder.held()));
	}

	private Base<T> adopted(Look look) {
		return new Base<>(look, this.holder.adopt(look).draft(), true);
	}

	/** Returns the content, unless the file holds it, durably as far as is known. */
	private Optional<byte[]> toWrite(Draft<T> draft, Base<T> base) {
		return Optional.ofNullable(draft.content())
			.filter((content) -> this.doubtful || (draft != base.draft() && !base.holds(content)));
	}

	/** Applies the changes, each on what the one before has made. */
	private Applied<T> apply(Draft<T> base, List<Ticket<T>> batch, ChangeQueue<T> queue) {
		Applied<T> applied = new Applied<>(new LinkedHashMap<>(), new LinkedHashMap<>());
		Draft<T> draft = base;
		long begun = System.nanoTime();
		for (Ticket<T> ticket : List.copyOf(batch)) {
			if (!applied.drafts().isEmpty() && System.nanoTime() - begun > FUNCTIONS_NANOS) {
				List<Ticket<T>> late = new ArrayList<>(batch.subList(batch.indexOf(ticket), batch.size()));
				batch.removeAll(late);
				queue.putBack(late);
				return applied;
			}
			Draft<T> before = draft;
			try {
				draft = Nesting.inside(this.file.canonical(), () -> ticket.step().apply(before));
				applied.drafts().put(ticket, draft);
			}
			catch (MutatedValueException ex) {
				applied.failures().put(ticket, ex.found());
				draft = repaired(draft);
			}
			catch (Throwable ex) {
				applied.failures().put(ticket, ex);
			}
		}
		return applied;
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

	private void commit(DocumentFile.Write write, Draft<T> draft, byte[] content, Base<T> base) {
		this.written = null;
		this.holder.committing(draft.version().toString());
		try (FileWatch.Hold hold = this.watch.hold()) {
			write.commit(content, draft.losses(), base.look(), base.read());
			this.doubtful = false;
			this.written = write.written().map((signature) -> new Written(content, signature)).orElse(null);
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

	/**
	 * What changes build on.
	 *
	 * @param <T> the type of the value
	 * @param look what the file holds
	 * @param draft the same as a draft
	 * @param read whether the file was read, or is known to be unchanged since
	 */
	private record Base<T>(Look look, Draft<T> draft, boolean read) {

		boolean holds(byte[] content) {
			return this.look instanceof Look.Content there && Arrays.equals(there.bytes(), content);
		}

		boolean isSameAs(Base<T> other) {
			return this.draft.content() != null && this.draft.content() == other.draft.content();
		}

	}

	/**
	 * What came of the changes.
	 *
	 * @param <T> the type of the value
	 * @param drafts what each made that did not fail, in their order
	 * @param failures what each failed with that did
	 */
	private record Applied<T>(Map<Ticket<T>, Draft<T>> drafts, Map<Ticket<T>, Throwable> failures) {

		Draft<T> last(Draft<T> base) {
			Draft<T> last = base;
			for (Draft<T> next : this.drafts.values()) {
				last = next;
			}
			return last;
		}

	}

	/**
	 * A content by its identity, and the signature that it had before its commit.
	 */
	private record Written(byte[] content, Signature signature) {
	}

}
