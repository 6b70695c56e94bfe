package io.atomicwrite.fs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What was found when the traits of a file were looked for. Immutable and thread-safe.
 *
 * @param present each trait that the file has, with its value in words
 * @param unknown the traits that could not be looked for
 */
public record FileTraits(Map<FileTrait, String> present, Set<FileTrait> unknown) {

	/** A file without traits. */
	public static final FileTraits NONE = new FileTraits(Map.of(), Set.of());

	/**
	 * Creates the result of a look.
	 * @param present each trait that the file has, with its value
	 * @param unknown those that could not be looked for
	 */
	public FileTraits {
		present = present.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(present));
		unknown = Set.copyOf(unknown);
	}

	/**
	 * Returns that nothing is known.
	 * @param wanted the traits that nothing is known of
	 * @return the result of no look
	 */
	public static FileTraits unknown(Set<FileTrait> wanted) {
		return new FileTraits(Map.of(), wanted);
	}

	/**
	 * Returns whether the file is known to have a trait.
	 * @param trait the trait
	 * @return whether it was found
	 */
	public boolean has(FileTrait trait) {
		return this.present.containsKey(trait);
	}

	/** Returns what is known of some traits alone. */
	FileTraits only(Set<FileTrait> wanted) {
		if (this.present.isEmpty() && this.unknown.isEmpty()) {
			return NONE;
		}
		Map<FileTrait, String> values = new EnumMap<>(FileTrait.class);
		this.present.forEach((trait, value) -> {
			if (wanted.contains(trait)) {
				values.put(trait, value);
			}
		});
		Set<FileTrait> missing = EnumSet.noneOf(FileTrait.class);
		this.unknown.stream().filter(wanted::contains).forEach(missing::add);
		return new FileTraits(values, missing);
	}

	/** Returns this with what a newer look at some traits has found. */
	FileTraits with(FileTraits newer, Set<FileTrait> looked) {
		FileTraits kept = only(EnumSet.complementOf(EnumSet.copyOf(looked)));
		Map<FileTrait, String> values = new EnumMap<>(FileTrait.class);
		values.putAll(kept.present);
		values.putAll(newer.present);
		Set<FileTrait> missing = EnumSet.noneOf(FileTrait.class);
		missing.addAll(kept.unknown);
		missing.addAll(newer.unknown);
		return new FileTraits(values, missing);
	}

}
