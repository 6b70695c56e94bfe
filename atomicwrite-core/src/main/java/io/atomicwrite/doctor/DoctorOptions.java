package io.atomicwrite.doctor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * The options of a diagnosis. Immutable.
 *
 * @param probe whether to probe, which creates files and deletes them again; without
 * probing, a finding that needs it is {@link Severity#UNKNOWN}
 * @param required the levels to require
 */
public record DoctorOptions(boolean probe, Map<Guarantee, GuaranteeLevel> required) {

	private static final DoctorOptions LOOK = builder().build();

	/**
	 * Creates options.
	 * @param probe whether to probe
	 * @param required the levels to require
	 */
	public DoctorOptions {
		Map<Guarantee, GuaranteeLevel> copy = new EnumMap<>(Guarantee.class);
		copy.putAll(required);
		required = Collections.unmodifiableMap(copy);
	}

	/**
	 * Returns options that neither probe nor require a level.
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
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private boolean probe;

		private final Map<Guarantee, GuaranteeLevel> required = new EnumMap<>(Guarantee.class);

		private Builder() {
		}

		/**
		 * Sets whether to probe. Default: no.
		 * @param tryOut whether to create files, which are deleted again
		 * @return this builder
		 */
		public Builder probe(boolean tryOut) {
			this.probe = tryOut;
			return this;
		}

		/**
		 * Requires a level. A lower level is reported as an error.
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
