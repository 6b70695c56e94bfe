package io.atomicwrite.test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the evidence that a run tries: {@code -Datomicwrite.slice=2/4} takes every
 * fourth case, from the second. Without it all are tried.
 *
 * @param part which part, from 1
 * @param parts of how many
 */
public record Slice(int part, int parts) {

	/** The system property. */
	public static final String PROPERTY = "atomicwrite.slice";

	/**
	 * Creates a slice.
	 * @param part which part, from 1
	 * @param parts of how many
	 */
	public Slice {
		if (part < 1 || part > parts) {
			throw new IllegalArgumentException("no such slice: " + part + "/" + parts);
		}
	}

	/**
	 * Returns the slice of this run.
	 * @return the slice
	 */
	public static Slice current() {
		return of(System.getProperty(PROPERTY, "1/1"));
	}

	/**
	 * Returns a slice.
	 * @param text part and parts, such as {@code 2/4}
	 * @return the slice
	 */
	public static Slice of(String text) {
		String[] numbers = text.split("/", 2);
		return new Slice(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[numbers.length - 1]));
	}

	/**
	 * Returns whether it has all cases.
	 * @return whether there is one part
	 */
	public boolean isWhole() {
		return this.parts == 1;
	}

	/**
	 * Returns whether it has a case.
	 * @param number the number of the case
	 * @return whether it has it
	 */
	public boolean takes(int number) {
		return Math.floorMod(number, this.parts) == this.part - 1;
	}

	/**
	 * Returns the cases that it has.
	 * @param <T> the type of the cases
	 * @param cases all cases
	 * @return its cases
	 */
	public <T> Stream<T> of(Stream<T> cases) {
		List<T> all = cases.toList();
		return IntStream.range(0, all.size()).filter(this::takes).mapToObj(all::get);
	}

	@Override
	public String toString() {
		return this.part + "/" + this.parts;
	}

}
