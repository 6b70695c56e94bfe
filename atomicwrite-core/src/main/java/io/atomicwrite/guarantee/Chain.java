package io.atomicwrite.guarantee;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The links that one survey follows: mounts and devices, each stored by the next. Ends
 * circles, and chains so long that nobody means them.
 */
final class Chain {

	private static final int MAX_LINKS = 64;

	private final Set<String> open = new HashSet<>();

	private int links;

	/**
	 * Follows a link, unless it is being followed already or there are too many.
	 * @return what was found, empty if the link was not followed
	 */
	<T> Optional<T> enter(String link, Supplier<T> next) {
		this.links++;
		if (this.links > MAX_LINKS || !this.open.add(link)) {
			return Optional.empty();
		}
		try {
			return Optional.of(next.get());
		}
		finally {
			this.open.remove(link);
		}
	}

	Beneath follow(BlockDevice device, Supplier<Beneath> next) {
		return enter(device.name(), next)
			.orElseGet(() -> Beneath.unseen("what stores its content is stacked too deeply to be followed"));
	}

	/** Whether there is anything beneath, which may change while a mount stays. */
	boolean isFollowed() {
		return this.links > 0;
	}

}
