package io.atomicwrite.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.atomicwrite.document.AtomicDocument.ChangeListener;
import io.atomicwrite.document.AtomicDocument.Registration;

/**
 * Invokes the listeners of one document, one after the other and in the order of the
 * events, in a thread that is not the one of the event. A burst of foreign changes is one
 * event; so is what comes after {@value #MOST} events that a listener has kept waiting.
 * Thread-safe.
 *
 * @param <T> the type of the value
 */
final class Lane<T> {

	/** What a listener that hangs may cost in memory. */
	static final int MOST = 1000;

	private final List<ChangeListener<? super T>> changeListeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<? super DocumentProblem>> problemListeners = new CopyOnWriteArrayList<>();

	private final Deque<Event<T>> events = new ArrayDeque<>();

	private final Executor executor;

	private final Executor fallback;

	private final Consumer<Throwable> failures;

	private boolean running;

	/**
	 * Creates a lane.
	 * @param executor runs it
	 * @param fallback runs it where the executor refuses to
	 * @param failures gets what listeners throw
	 */
	Lane(Executor executor, Executor fallback, Consumer<Throwable> failures) {
		this.executor = executor;
		this.fallback = fallback;
		this.failures = failures;
	}

	Registration add(ChangeListener<? super T> listener) {
		return add(this.changeListeners, listener::changed);
	}

	Registration add(Consumer<? super DocumentProblem> listener) {
		return add(this.problemListeners, listener::accept);
	}

	/** What is added is an object of its own, so that a listener may be added twice. */
	private static <L> Registration add(List<L> listeners, L listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	/** Whether it is worth finding out if there is a change. */
	boolean hasChangeListeners() {
		return !this.changeListeners.isEmpty();
	}

	void changed(Snapshot<T> before, Snapshot<T> after) {
		if (hasChangeListeners()) {
			post(new Changed<>(before, after));
		}
	}

	void problem(DocumentProblem problem) {
		if (!this.problemListeners.isEmpty()) {
			post(new Bad<>(problem));
		}
	}

	private void post(Event<T> event) {
		synchronized (this.events) {
			this.events.add(merged(event));
			if (this.running) {
				return;
			}
			this.running = true;
		}
		try {
			this.executor.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			this.fallback.execute(this::run);
		}
	}

	/**
	 * Takes out what an event can be one with; such a one leads from the first state to
	 * the last.
	 */
	private Event<T> merged(Event<T> event) {
		Event<T> last = this.events.peekLast();
		if (last != null && event.isBurst(last)) {
			this.events.removeLast();
			return event.after(last);
		}
		if (this.events.size() < MOST) {
			return event;
		}
		for (Iterator<Event<T>> backwards = this.events.descendingIterator(); backwards.hasNext();) {
			Event<T> earlier = backwards.next();
			if (earlier.getClass() == event.getClass()) {
				backwards.remove();
				return event.after(earlier);
			}
		}
		return event;
	}

	private void run() {
		while (true) {
			Event<T> event;
			synchronized (this.events) {
				event = this.events.poll();
				if (event == null) {
					this.running = false;
					return;
				}
			}
			if (event instanceof Changed<T> change) {
				this.changeListeners
					.forEach((listener) -> contained(() -> listener.changed(change.before, change.after)));
			}
			else if (event instanceof Bad<T> bad) {
				this.problemListeners.forEach((listener) -> contained(() -> listener.accept(bad.problem)));
			}
		}
	}

	private void contained(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

	private sealed interface Event<T> {

		/** Whether this event and the one before it are one for a listener. */
		boolean isBurst(Event<T> last);

		/** Returns the event for an earlier one of its kind and this one. */
		Event<T> after(Event<T> earlier);

	}

	private record Changed<T>(Snapshot<T> before, Snapshot<T> after) implements Event<T> {

		private boolean isForeign() {
			return this.after.source() != Snapshot.Source.OWN;
		}

		@Override
		public boolean isBurst(Event<T> last) {
			return last instanceof Changed<T> change && change.isForeign() && isForeign();
		}

		@Override
		public Event<T> after(Event<T> earlier) {
			return (earlier instanceof Changed<T> change) ? new Changed<>(change.before, this.after) : this;
		}

	}

	private record Bad<T>(DocumentProblem problem) implements Event<T> {

		@Override
		public boolean isBurst(Event<T> last) {
			return false;
		}

		@Override
		public Event<T> after(Event<T> earlier) {
			return this;
		}

	}

}
