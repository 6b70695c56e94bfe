package io.atomicwrite.spring.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.MutablePropertySources;

/**
 * The properties of an application that are bound anew when an imported file changes.
 * Thread-safe.
 */
public final class PropertyBindings {

	private final PropertyBinder.Factory binders;

	private final Map<String, BoundProperties<?>> all = new LinkedHashMap<>();

	PropertyBindings(PropertyBinder.Factory binders) {
		this.binders = binders;
	}

	/**
	 * Binds the properties of a prefix, and validates the object if Jakarta Validation is
	 * there.
	 * @param prefix the prefix of the properties
	 * @param type the type, as for {@code @ConfigurationProperties}
	 * @param <T> the type
	 * @return the holder, the same for each call
	 * @throws org.springframework.boot.context.properties.bind.BindException if the
	 * properties can't be bound or are invalid
	 * @throws IllegalArgumentException if the prefix is bound to another type
	 */
	public synchronized <T> BoundProperties<T> bind(String prefix, Class<T> type) {
		BoundProperties<?> known = this.all.get(prefix);
		if (known == null) {
			BoundProperties<T> bound = new BoundProperties<>(prefix, type,
					this.binders.ofEnvironment().bind(prefix, type));
			this.all.put(prefix, bound);
			return bound;
		}
		if (known.type() != type) {
			throw new IllegalArgumentException("The properties '" + prefix + "' are bound to " + known.type().getName()
					+ " and can't be bound to " + type.getName() + ", too");
		}
		@SuppressWarnings("unchecked")
		BoundProperties<T> same = (BoundProperties<T>) known;
		return same;
	}

	/**
	 * Binds other properties to all types.
	 * @param sources the properties
	 * @return puts the new objects in the place of the current ones
	 * @throws org.springframework.boot.context.properties.bind.BindException if the
	 * properties can't be bound or are invalid; nothing has changed then
	 */
	synchronized Runnable rebound(MutablePropertySources sources) {
		PropertyBinder binder = this.binders.of(sources);
		List<Runnable> exchanges = new ArrayList<>();
		this.all.values().forEach((bound) -> exchanges.add(bound.rebound(binder)));
		return () -> exchanges.forEach(Runnable::run);
	}

}
