package io.atomicwrite.spring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Locks of several hosts are asked for, and it is not clear by which lock store.
 */
final class LockStoreNotChosenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String asked;

	private final List<String> stores;

	/**
	 * Creates the exception.
	 * @param asked the name that the property has, or {@code null} if it has none
	 * @param stores the names of the beans that are lock stores
	 */
	LockStoreNotChosenException(@Nullable String asked, List<String> stores) {
		super("atomicwrite.lock.scope is cluster, and there is not exactly one lock store to use: "
				+ (stores.isEmpty() ? "none" : String.join(", ", stores)));
		this.asked = asked;
		this.stores = List.copyOf(stores);
	}

	@Nullable String asked() {
		return this.asked;
	}

	List<String> stores() {
		return this.stores;
	}

}
