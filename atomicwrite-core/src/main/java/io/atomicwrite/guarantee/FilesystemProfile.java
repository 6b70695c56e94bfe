package io.atomicwrite.guarantee;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * The known properties of filesystem types that behave alike. The matrix has one row for
 * each type.
 *
 * @param types the types as the operating system names them, in lower case
 * @param kind the class
 * @param guarantees the level of each guarantee, with the reason
 * @param lacks the capabilities that are missing or unreliable
 * @param evidence the kind of evidence for the levels
 * @param source where the evidence is documented
 */
record FilesystemProfile(List<String> types, FilesystemClass kind, Map<Guarantee, Assessment> guarantees,
		Set<Capability> lacks, Evidence evidence, String source) {

	static Builder of(FilesystemClass kind, String... types) {
		return new Builder(kind, List.of(types));
	}

	/** Builds a profile. */
	static final class Builder {

		private final FilesystemClass kind;

		private final List<String> types;

		private final Map<Guarantee, Assessment> guarantees = new EnumMap<>(Guarantee.class);

		private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);

		private Builder(FilesystemClass kind, List<String> types) {
			this.kind = kind;
			this.types = types;
		}

		Builder all(GuaranteeLevel level, String reason) {
			for (Guarantee guarantee : Guarantee.values()) {
				with(guarantee, level, reason);
			}
			return this;
		}

		Builder visibility(GuaranteeLevel level, String reason) {
			return with(Guarantee.ATOMIC_VISIBILITY, level, reason);
		}

		Builder durability(GuaranteeLevel level, String reason) {
			return with(Guarantee.CRASH_DURABILITY, level, reason);
		}

		Builder exclusion(GuaranteeLevel level, String reason) {
			return with(Guarantee.WRITER_EXCLUSION, level, reason);
		}

		Builder integrity(GuaranteeLevel level, String reason) {
			return with(Guarantee.INTEGRITY_DETECTION, level, reason);
		}

		private Builder with(Guarantee guarantee, GuaranteeLevel level, String reason) {
			this.guarantees.put(guarantee, new Assessment(level, reason));
			return this;
		}

		Builder without(Capability... missing) {
			this.lacks.addAll(Set.of(missing));
			return this;
		}

		FilesystemProfile shownBy(Evidence evidence, String source) {
			if (this.guarantees.size() < Guarantee.values().length) {
				throw new IllegalStateException(this.types + " has no level for each guarantee");
			}
			return new FilesystemProfile(this.types, this.kind, Collections.unmodifiableMap(this.guarantees),
					Collections.unmodifiableSet(this.lacks), evidence, source);
		}

	}

}
