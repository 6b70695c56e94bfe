package io.atomicwrite.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.document.Ticket.Step;
import io.atomicwrite.watch.FileWatch;

/**
 * The document of one file, while it is open.
 *
 * @param <T> the type of the value
 */
final class LiveDocument<T> implements AtomicDocument<T> {

	/** As long as closing a template waits for its writes. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final DocumentFile file;

	private final DocumentOptions<T> options;

	private final Steps<T> steps;

	private final Holder<T> holder;

	private final ChangeQueue<T> queue;

	private final Lane<T> lane;

	private final SettledReads reads;

	private final GoodKeeper good;

	private final FileWatch watch;

	private final Consumer<LiveDocument<T>> closing;

	/**
	 * Creates a document.
	 * @param closing is invoked once, when it is closed
	 */
	LiveDocument(DocumentFile file, DocumentOptions<T> options, Steps<T> steps, Holder<T> holder, ChangeQueue<T> queue,
			Lane<T> lane, SettledReads reads, GoodKeeper good, FileWatch watch, Consumer<LiveDocument<T>> closing) {
		this.file = file;
		this.options = options;
		this.steps = steps;
		this.holder = holder;
		this.queue = queue;
		this.lane = lane;
		this.reads = reads;
		this.good = good;
		this.watch = watch;
		this.closing = closing;
	}

	@Override
	public Path path() {
		return this.file.path();
	}

	@Override
	public T current() {
		return this.holder.held().snapshot().value();
	}

	@Override
	public Snapshot<T> snapshot() {
		return this.holder.held().snapshot();
	}

	@Override
	public DocumentState state() {
		return this.holder.held().state();
	}

	@Override
	public T update(UnaryOperator<T> change) {
		return change("update", this.steps.update(change)).value();
	}

	@Override
	public CompletionStage<T> updateAsync(UnaryOperator<T> change) {
		requireChangeable("updateAsync");
		return this.queue.start(this.steps.update(change)).handle((draft, failure) -> {
			if (failure != null) {
				throw (failure instanceof CompletionException ex) ? ex : new CompletionException(failure);
			}
			return draft.value();
		});
	}

	@Override
	public Snapshot<T> replace(T value, Version expected) {
		return snapshot(change("replace", this.steps.replace(value, expected)));
	}

	@Override
	public Change<T> preview(UnaryOperator<T> change) {
		Nesting.refuse(this.file.canonical(), "preview");
		return this.steps.preview(this.holder, change);
	}

	@Override
	public Snapshot<T> reload() {
		Nesting.refuse(this.file.canonical(), "reload");
		this.holder.settled(this.reads.read(this.holder.held()));
		return snapshot();
	}

	@Override
	public Snapshot<T> restore(Backup backup) {
		requireChangeable("restore");
		return snapshot(change("restore", this.steps.restore(this.file.read(backup))));
	}

	@Override
	public Snapshot<T> recover(Recovery recovery) {
		Step<T> step = (recovery == Recovery.DEFAULTS) ? this.steps.recoverDefaults()
				: this.steps.recoverLastGood(this::lastGood);
		return snapshot(change("recover", step));
	}

	/** What is served is the last valid content while the file holds another one. */
	private Optional<byte[]> lastGood() {
		Held<T> held = this.holder.held();
		return held.content().isPresent() ? held.content() : this.good.read().map(GoodCopy::content);
	}

	private Draft<T> change(String name, Step<T> step) {
		requireChangeable(name);
		return this.queue.call(step);
	}

	private void requireChangeable(String name) {
		Nesting.refuse(this.file.canonical(), name);
		if (this.options.readOnly()) {
			throw new IllegalStateException(path() + ": the document is read-only by its options; nothing was changed");
		}
	}

	/** What a change made, also where others have followed it in the same write. */
	private Snapshot<T> snapshot(Draft<T> own) {
		Snapshot<T> now = snapshot();
		return now.version().equals(own.version()) ? now
				: new Snapshot<>(own.value(), own.version(), now.generation(), Source.OWN, this.steps.stamp(own));
	}

	@Override
	public Registration onChange(ChangeListener<? super T> listener) {
		return this.lane.add(listener);
	}

	@Override
	public Registration onProblem(Consumer<? super DocumentProblem> listener) {
		return this.lane.add(listener);
	}

	@Override
	public void flush() {
		Nesting.refuse(this.file.canonical(), "flush");
		this.queue.flush();
	}

	@Override
	public void close() {
		Nesting.refuse(this.file.canonical(), "close");
		if (this.queue.close(GRACE)) {
			this.watch.close();
			this.good.save();
			this.holder.close();
			this.closing.accept(this);
		}
	}

	@Override
	public String toString() {
		return "AtomicDocument[" + path() + ", " + status() + "]";
	}

}
