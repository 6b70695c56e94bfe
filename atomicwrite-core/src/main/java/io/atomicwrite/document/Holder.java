package io.atomicwrite.document;

import java.time.InstantSource;
import java.util.Optional;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.watch.Look;

/**
 * Holds the value of a document, and publishes each new one: what is found in the file
 * and what the document has written itself. A content that is bad never takes the place
 * of the value. Thread-safe.
 *
 * @param <T> the type of the value
 */
final class Holder<T> {

	private final DocumentFile file;

	private final DocumentCodec<T> codec;

	private final DocumentOptions<T> options;

	private final InstantSource clock;

	private final Lane<T> lane;

	private final DocumentEvents events;

	private final GoodKeeper good;

	private volatile Held<T> held;

	/** What a commit under way puts into the file; its own publication follows. */
	private String committing = "";

	Holder(DocumentFile file, DocumentCodec<T> codec, DocumentOptions<T> options, InstantSource clock, Lane<T> lane,
			DocumentEvents events, GoodKeeper good, Held<T> first) {
		this.file = file;
		this.codec = codec;
		this.options = options;
		this.clock = clock;
		this.lane = lane;
		this.events = events;
		this.good = good;
		this.held = first;
	}

	/** Returns what is served, by one read of a field. */
	Held<T> held() {
		return this.held;
	}

	/** Takes over what a watch reports, unless the file has changed again by now. */
	synchronized void settled(Look look) {
		if (look instanceof Look.Content content) {
			Look now = this.file.isUnchanged(content.signature()) ? look : this.file.read(this.options.maxSize());
			if (now instanceof Look.Content same && same.signature().equals(content.signature())) {
				adopt(look);
			}
			return;
		}
		Look now = this.file.read(this.options.maxSize());
		if (Held.seen(now).equals(Held.seen(look))) {
			adopt(now);
		}
	}

	/**
	 * Takes over what was found in the file.
	 * @return what is served then
	 */
	synchronized Held<T> adopt(Look look) {
		String seen = this.held.found(look);
		if (this.held.status() == DocumentStatus.CLOSED || seen.equals(this.committing)) {
			return this.held;
		}
		if (seen.equals(this.held.seen())) {
			if (look instanceof Look.Content content && this.held.isOfFile()) {
				this.held = this.held.with(content.signature());
			}
			return this.held;
		}
		if (look instanceof Look.Content content) {
			adopt(content, seen);
		}
		else if (look instanceof Look.Missing) {
			missing(seen);
		}
		else {
			bad(problem(look), seen);
		}
		return this.held;
	}

	private void adopt(Look.Content content, String seen) {
		Reading<T> reading = this.codec.read(content.bytes());
		Version version = Version.parse(seen);
		if (reading instanceof Reading.Valid<T> valid) {
			DocumentStatus status = this.options.readOnly() ? DocumentStatus.READ_ONLY : DocumentStatus.VALID;
			found(content, version, valid.value(), state(status, Optional.empty()));
			this.good.note(new GoodCopy(content.bytes(), version, valid.schema()));
		}
		else if (reading instanceof Reading.TooNew<T> newer) {
			found(content, version, newer.value(), state(DocumentStatus.TOO_NEW, Optional.of(newer.problem())));
			report(newer.problem());
		}
		else if (reading instanceof Reading.Invalid<T> invalid) {
			bad(invalid.problem(), seen);
		}
	}

	private void found(Look.Content content, Version version, T value, DocumentState state) {
		Snapshot<T> before = this.held.snapshot();
		// a content that comes back, as when a bad edit is undone, is no new value
		Snapshot<T> after = version.equals(before.version())
				? new Snapshot<>(before.value(), version, before.generation(), Source.FOREIGN, before.stamp())
				: new Snapshot<>(value, version, before.generation() + 1, Source.FOREIGN,
						this.codec.stamp(content.bytes()));
		publish(new Held<>(after, state, Optional.of(content.bytes()), Optional.of(content.signature()),
				version.toString()));
		this.events.reloaded(this.file.path());
	}

	private void missing(String seen) {
		Reading<T> reading = this.codec.missing();
		if (this.options.whenMissing() == WhenMissing.DEFAULTS && reading instanceof Reading.Valid<T> defaults) {
			publish(new Held<>(
					new Snapshot<>(defaults.value(), Version.none(), this.held.snapshot().generation() + 1,
							Source.DEFAULTS, Optional.empty()),
					state(DocumentStatus.DEFAULTED, Optional.empty()), Optional.empty(), Optional.empty(), seen));
			return;
		}
		this.good.save();
		publish(this.held.beside(state(DocumentStatus.MISSING, Optional.empty()), seen));
	}

	private void bad(DocumentProblem problem, String seen) {
		this.good.save();
		publish(this.held.beside(state(DocumentStatus.INVALID, Optional.of(problem)), seen));
		report(problem);
	}

	private DocumentProblem problem(Look look) {
		return Opening.problem(this.file.path(), look, this.options.maxSize());
	}

	/** Notes what a commit is about to put into the file. */
	synchronized void committing(String version) {
		this.committing = version;
	}

	/**
	 * Publishes what the document has written itself.
	 * @return the snapshot
	 */
	synchronized Snapshot<T> own(Draft<T> draft, byte[] content) {
		String seen = draft.version().toString();
		Snapshot<T> snapshot = new Snapshot<>(draft.value(), draft.version(), this.held.snapshot().generation() + 1,
				Source.OWN, this.codec.stamp(content));
		publish(new Held<>(snapshot, state(DocumentStatus.VALID, Optional.empty()), Optional.of(content),
				Optional.empty(), seen));
		this.good.note(new GoodCopy(content, draft.version(), Math.max(1, this.options.schema())));
		return snapshot;
	}

	/** Serves the value as the content has it, after someone has changed the object. */
	synchronized void repair() {
		Held<T> now = this.held;
		Reading<T> reading = now.content().isPresent() ? this.codec.read(now.content().get()) : this.codec.missing();
		Snapshot<T> spoilt = now.snapshot();
		if (reading instanceof Reading.Valid<T> valid) {
			this.held = now.with(new Snapshot<>(valid.value(), spoilt.version(), spoilt.generation(), spoilt.source(),
					spoilt.stamp()));
		}
	}

	synchronized void close() {
		publish(this.held.with(state(DocumentStatus.CLOSED, this.held.state().problem())));
	}

	private DocumentState state(DocumentStatus status, Optional<DocumentProblem> problem) {
		DocumentState before = this.held.state();
		return (before.status() == status) ? new DocumentState(status, before.since(), problem)
				: new DocumentState(status, this.clock.instant(), problem);
	}

	private void publish(Held<T> next) {
		Held<T> before = this.held;
		this.held = next;
		if (before.snapshot() != next.snapshot() && this.lane.hasChangeListeners()
				&& !this.codec.isSame(before.snapshot().value(), next.snapshot().value())) {
			this.lane.changed(before.snapshot(), next.snapshot());
		}
		if (before.status() != next.status()) {
			this.events.statusChanged(this.file.path(), before.status(), next.status());
		}
	}

	private void report(DocumentProblem problem) {
		this.lane.problem(problem);
		this.events.problem(this.file.path(), problem);
	}

}
