package io.atomicwrite.spring.metrics;

import java.util.Arrays;

import io.atomicwrite.WritePhase;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of atomicwrite. Their names and keys are part of the public contract.
 */
public enum AtomicWriteObservationDocumentation implements ObservationDocumentation {

	/** A write, a move or a delete. */
	WRITE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAtomicWriteObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeys.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return Arrays.stream(WritePhase.values()).map(PhaseEvents::of).toArray(Observation.Event[]::new);
		}

	};

	/** The keys that become tags of the timer. */
	public enum LowCardinalityKeys implements KeyName {

		/** The name of the managed directory, or {@code other}. */
		DIRECTORY(MeterTag.DIRECTORY),

		/** How the write ended; absent as long as it is under way. */
		OUTCOME(MeterTag.OUTCOME),

		/** The simple name of the exception, or {@code none}; absent as before. */
		EXCEPTION(MeterTag.EXCEPTION);

		private final MeterTag tag;

		LowCardinalityKeys(MeterTag tag) {
			this.tag = tag;
		}

		@Override
		public String asString() {
			return this.tag.asString();
		}

	}

	/** The keys that only traces have. */
	public enum HighCardinalityKeys implements KeyName {

		/** The target as the caller named it, an absolute path. */
		FILE {

			@Override
			public String asString() {
				return "file";
			}

		}

	}

}
