package io.atomicwrite.spring.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.Binder;

/**
 * Properties that are bound to an object, and bound anew when an imported file changes.
 * All of them change together, once they are valid: who needs several of them takes them
 * from one {@link #current()}. Thread-safe.
 *
 * @param <T> the type, as for {@code @ConfigurationProperties}
 */
public final class BoundProperties<T> {

	private static final Log logger = LogFactory.getLog(BoundProperties.class);

	private final String prefix;

	private final Class<T> type;

	private final List<BiConsumer<? super T, ? super T>> listeners = new CopyOnWriteArrayList<>();

	private volatile T current;

	BoundProperties(String prefix, Class<T> type, T first) {
		this.prefix = prefix;
		this.type = type;
		this.current = first;
	}

	/**
	 * Returns the object. Reads one field.
	 * @return the object that the properties were bound to last
	 */
	public T current() {
		return this.current;
	}

	/**
	 * Adds a listener, which is invoked with the old and the new object after they were
	 * exchanged, and only if they are not equal. What it throws is logged.
	 * @param listener the listener
	 */
	public void onChange(BiConsumer<? super T, ? super T> listener) {
		this.listeners.add(listener);
	}

	String prefix() {
		return this.prefix;
	}

	Class<T> type() {
		return this.type;
	}

	/** Binds other properties. What is returned puts them in the place of the current. */
	Runnable rebound(PropertyBinder binder) {
		T next = binder.bind(this.prefix, this.type);
		return () -> exchange(next);
	}

	private void exchange(T next) {
		T before = this.current;
		this.current = next;
		if (!before.equals(next)) {
			for (BiConsumer<? super T, ? super T> listener : this.listeners) {
				try {
					listener.accept(before, next);
				}
				catch (RuntimeException ex) {
					logger.warn("A listener of the properties '" + this.prefix + "' failed", ex);
				}
			}
		}
	}

	/** Shows no value, which may be a secret. */
	@Override
	public String toString() {
		return Binder.class.getSimpleName() + "[" + this.prefix + " to " + this.type.getName() + "]";
	}

}
