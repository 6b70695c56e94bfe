package io.atomicwrite.isolation;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Passes each event on to all listeners, and lets none of them fail what it is about.
 * Thread-safe, as the listeners are.
 *
 * @param <L> the type of the listeners
 */
public final class Listeners<L> {

	private final List<Supplier<? extends List<? extends L>>> listeners;

	/** Those whose event this thread is in. */
	private final ThreadLocal<Set<L>> running = new ThreadLocal<>();

	/**
	 * Creates an instance.
	 * @param listeners supply the listeners, at each event anew
	 */
	public Listeners(List<? extends Supplier<? extends List<? extends L>>> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Supplies one listener, at each event the same.
	 * @param <L> the type of the listener
	 * @param listener the listener
	 * @return its supplier
	 */
	public static <L> Supplier<List<L>> only(L listener) {
		return new Only<>(List.of(listener));
	}

	/**
	 * Returns whether there is nobody who could be invoked.
	 * @return whether there are no listeners, now or later
	 */
	public boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	/**
	 * Invokes all listeners in the calling thread. What they throw is ignored, errors
	 * too: a class that a listener misses must not fail a write. A listener is not
	 * invoked for what it does itself: a write that it makes would invoke it without end.
	 * @param event invokes one
	 */
	public void invoke(Consumer<L> event) {
		for (Supplier<? extends List<? extends L>> some : this.listeners) {
			try {
				some.get().forEach((listener) -> invoke(listener, event));
			}
			catch (Throwable ex) {
				// the listeners of the next supplier are invoked all the same
			}
		}
	}

	private void invoke(L listener, Consumer<L> event) {
		Set<L> inside = this.running.get();
		boolean outermost = inside == null;
		if (outermost) {
			inside = Collections.newSetFromMap(new IdentityHashMap<>());
			this.running.set(inside);
		}
		if (!inside.add(listener)) {
			return;
		}
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			// the next listener is invoked all the same
		}
		finally {
			inside.remove(listener);
			if (outermost) {
				this.running.remove();
			}
		}
	}

	/**
	 * No lambda, which class archives of some JDKs leave out.
	 *
	 * @param <L> the type of the listeners
	 * @param get the listeners
	 */
	private record Only<L>(List<L> get) implements Supplier<List<L>> {
	}

}
