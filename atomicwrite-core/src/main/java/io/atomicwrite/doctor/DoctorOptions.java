package io.atomicwrite.doctor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * What a diagnosis may do and what it asks for.
 *
 * @param probe whether to try things out, which creates files and deletes them again;
 * otherwise what only a probe can tell is {@link Severity#UNKNOWN}
 * @param required the levels to require
 */
public record DoctorOptions(boolean probe, Map<Guarantee, GuaranteeLevel> required) {

	private static final DoctorOptions LOOK = builder().build();

	/**
	 * Creates options.
	 * @param probe whether to try things out
	 * @param required the levels to require
	 */
	public DoctorOptions {
		Map<Guarantee, GuaranteeLevel> copy = new EnumMap<>(Guarantee.class);
		copy.putAll(required);
		required = Collections.unmodifiableMap(copy);
	}

	/**
	 * Returns options that only look and require nothing.
	 * @return the options
	 */
	public static DoctorOptions look() {
		return LOOK;
	}

	/**
	 * Creates a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds options.
	 */
	public static final class Builder {

		private boolean probe;

		private final Map<Guarantee, GuaranteeLevel> required = new EnumMap<>(Guarantee.class);

		private Builder() {
		}

		/**
		 * Sets whether to try things out. Default: no.
		 * @param tryOut whether to create files, which are deleted again
		 * @return this builder
		 */
		public Builder probe(boolean tryOut) {
			this.probe = tryOut;
			return this;
		}

		/**
		 * Requires a level: below it the finding is an error.
		 * @param guarantee the guarantee
		 * @param level the level
		 * @return this builder
		 */
		public Builder require(Guarantee guarantee, GuaranteeLevel level) {
			this.required.put(guarantee, level);
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 */
		public DoctorOptions build() {
			return new DoctorOptions(this.probe, this.required);
		}

	}

}
