package io.atomicwrite.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Combinations of values that hold each value of each parameter together with each value
 * of each other parameter at least once. Most faults that need a combination need one of
 * two values (Kuhn, Wallace and Gallo, "Software fault interactions and implications for
 * software testing", IEEE TSE 30 (6), 2004). Greedy, and the same each time.
 */
public final class Pairwise {

	/** A case that fits as many open pairs as a good one is found among so many. */
	private static final int CANDIDATES = 20;

	private final List<String> names = new ArrayList<>();

	private final List<List<@Nullable Object>> values = new ArrayList<>();

	/**
	 * Adds a parameter.
	 * @param name its name
	 * @param some its values, two or more, {@code null} among them if it is one
	 * @return this
	 */
	public Pairwise with(String name, @Nullable Object... some) {
		if (some.length < 2 || this.names.contains(name)) {
			throw new IllegalArgumentException(name + " needs a name and values of its own");
		}
		this.names.add(name);
		this.values.add(Collections.unmodifiableList(new ArrayList<>(java.util.Arrays.asList(some))));
		return this;
	}

	/**
	 * Adds a parameter that is on or off.
	 * @param name its name
	 * @return this
	 */
	public Pairwise withFlag(String name) {
		return with(name, true, false);
	}

	/**
	 * Adds a parameter with all constants of an enum.
	 * @param type the enum, whose simple name is the name
	 * @return this
	 */
	public Pairwise with(Class<? extends Enum<?>> type) {
		return with(type.getSimpleName(), (Object[]) type.getEnumConstants());
	}

	/**
	 * Returns the cases.
	 * @param seed another seed gives other cases with the same pairs; where a value hides
	 * the effect of others, several of them show more
	 * @return the cases
	 */
	public List<Case> cases(long seed) {
		Random random = new Random(seed);
		Set<Pair> open = pairs();
		List<Case> cases = new ArrayList<>();
		while (!open.isEmpty()) {
			int[] best = new int[0];
			int most = 0;
			for (int i = 0; i < CANDIDATES; i++) {
				int[] candidate = candidate(open, random);
				int covered = covered(candidate, open);
				if (covered > most) {
					most = covered;
					best = candidate;
				}
			}
			open.removeAll(pairsOf(best));
			cases.add(asCase(best));
		}
		return cases;
	}

	private Set<Pair> pairs() {
		Set<Pair> pairs = new HashSet<>();
		for (int first = 0; first < this.names.size(); first++) {
			for (int second = first + 1; second < this.names.size(); second++) {
				for (int i = 0; i < this.values.get(first).size(); i++) {
					for (int j = 0; j < this.values.get(second).size(); j++) {
						pairs.add(new Pair(first, i, second, j));
					}
				}
			}
		}
		return pairs;
	}

	/** Begins with an open pair, and takes for each other parameter the best value. */
	private int[] candidate(Set<Pair> open, Random random) {
		int[] chosen = new int[this.names.size()];
		java.util.Arrays.fill(chosen, -1);
		Pair start = open.stream().sorted(Pair.ORDER).skip(random.nextInt(open.size())).findFirst().orElseThrow();
		chosen[start.first] = start.i;
		chosen[start.second] = start.j;
		List<Integer> order = new ArrayList<>();
		for (int parameter = 0; parameter < chosen.length; parameter++) {
			order.add(parameter);
		}
		Collections.shuffle(order, random);
		for (int parameter : order) {
			if (chosen[parameter] < 0) {
				chosen[parameter] = bestValue(parameter, chosen, open, random);
			}
		}
		return chosen;
	}

	private int bestValue(int parameter, int[] chosen, Set<Pair> open, Random random) {
		int offset = random.nextInt(this.values.get(parameter).size());
		int best = 0;
		int most = -1;
		for (int i = 0; i < this.values.get(parameter).size(); i++) {
			int value = (i + offset) % this.values.get(parameter).size();
			int covered = 0;
			for (int other = 0; other < chosen.length; other++) {
				if (chosen[other] >= 0 && open.contains(Pair.of(parameter, value, other, chosen[other]))) {
					covered++;
				}
			}
			if (covered > most) {
				most = covered;
				best = value;
			}
		}
		return best;
	}

	private static int covered(int[] chosen, Set<Pair> open) {
		return (int) pairsOf(chosen).stream().filter(open::contains).count();
	}

	private static Set<Pair> pairsOf(int[] chosen) {
		Set<Pair> pairs = new HashSet<>();
		for (int first = 0; first < chosen.length; first++) {
			for (int second = first + 1; second < chosen.length; second++) {
				pairs.add(new Pair(first, chosen[first], second, chosen[second]));
			}
		}
		return pairs;
	}

	private Case asCase(int[] chosen) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		for (int parameter = 0; parameter < chosen.length; parameter++) {
			result.put(this.names.get(parameter), this.values.get(parameter).get(chosen[parameter]));
		}
		return new Case(Collections.unmodifiableMap(result));
	}

	/**
	 * A value for each parameter.
	 *
	 * @param values the values by the names of the parameters
	 */
	public record Case(Map<String, @Nullable Object> values) {

		/**
		 * Returns a value.
		 * @param name the name of the parameter
		 * @param type its type
		 * @param <T> its type
		 * @return the value, which is not {@code null}
		 */
		public <T> T get(String name, Class<T> type) {
			return type.cast(Objects.requireNonNull(this.values.get(name), name));
		}

		/**
		 * Returns a value that may be {@code null}.
		 * @param name the name of the parameter
		 * @param type its type
		 * @param <T> its type
		 * @return the value
		 */
		public <T> @Nullable T find(String name, Class<T> type) {
			return type.cast(this.values.get(name));
		}

		/**
		 * Returns the constant of an enum.
		 * @param type the enum
		 * @param <T> the enum
		 * @return the constant
		 */
		public <T extends Enum<T>> T get(Class<T> type) {
			return get(type.getSimpleName(), type);
		}

		/**
		 * Returns whether a flag is set.
		 * @param name its name
		 * @return whether it is
		 */
		public boolean is(String name) {
			return get(name, Boolean.class);
		}

		@Override
		public String toString() {
			return this.values.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + "=" + entry.getValue())
				.collect(Collectors.joining(" "));
		}

	}

	private record Pair(int first, int i, int second, int j) {

		static final java.util.Comparator<Pair> ORDER = java.util.Comparator.comparingInt(Pair::first)
			.thenComparingInt(Pair::i)
			.thenComparingInt(Pair::second)
			.thenComparingInt(Pair::j);

		static Pair of(int one, int i, int other, int j) {
			return (one < other) ? new Pair(one, i, other, j) : new Pair(other, j, one, i);
		}

	}

}
