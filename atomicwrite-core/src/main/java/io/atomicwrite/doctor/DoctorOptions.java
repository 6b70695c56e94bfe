package io.atomicwrite.doctor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.doctor.Finding.Severity;

/**
 * The options of a diagnosis. Immutable and thread-safe.
 */
public final class DoctorOptions {

	private static final DoctorOptions LOOK = builder().build();

	private final Values values;

	private DoctorOptions(boolean probe, Map<Guarantee, GuaranteeLevel> required) {
		Map<Guarantee, GuaranteeLevel> copy = new EnumMap<>(Guarantee.class);
		copy.putAll(required);
		required = Collections.unmodifiableMap(copy);
		this.values = new Values(probe, required);
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
	 * Returns whether to probe, which creates files and deletes them again; without
	 * probing, a finding that needs it is {@link Severity#UNKNOWN}.
	 * @return the value
	 */
	public boolean probe() {
		return this.values.probe;
	}

	/**
	 * Returns the levels to require.
	 * @return the value
	 */
	public Map<Guarantee, GuaranteeLevel> required() {
		return this.values.required;
	}

	/**
	 * Returns a builder with these values.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder(this.values);
	}

	/**
	 * Returns this with changes.
	 * @param changes what to set
	 * @return the changed copy
	 */
	public DoctorOptions with(Consumer<Builder> changes) {
		Builder builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DoctorOptions that && that.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString().replaceFirst("Values", "DoctorOptions");
	}

	private record Values(boolean probe, Map<Guarantee, GuaranteeLevel> required) {
	}

	/**
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private boolean probe;

		private final Map<Guarantee, GuaranteeLevel> required = new EnumMap<>(Guarantee.class);

		private Builder() {
		}

		private Builder(Values values) {
			this.probe = values.probe;
			this.required.putAll(values.required);
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
