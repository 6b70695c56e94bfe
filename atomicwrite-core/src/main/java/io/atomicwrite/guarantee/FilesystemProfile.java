package io.atomicwrite.guarantee;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;

/**
 * A row of the matrix: what is known of one type of filesystem.
 */
final class FilesystemProfile {

	private final FilesystemClass kind;

	private final Map<Guarantee, Assessment> guarantees = new EnumMap<>(Guarantee.class);

	private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);

	FilesystemProfile(FilesystemClass kind, GuaranteeLevel level, String reason) {
		this.kind = kind;
		for (Guarantee guarantee : Guarantee.values()) {
			this.guarantees.put(guarantee, new Assessment(level, reason));
		}
	}

	FilesystemProfile with(Guarantee guarantee, GuaranteeLevel level, String reason) {
		this.guarantees.put(guarantee, new Assessment(level, reason));
		return this;
	}

	FilesystemProfile without(Capability... missing) {
		this.lacks.addAll(Set.of(missing));
		return this;
	}

	FilesystemClass kind() {
		return this.kind;
	}

	Map<Guarantee, Assessment> guarantees() {
		return new EnumMap<>(this.guarantees);
	}

	Set<Capability> lacks() {
		return this.lacks;
	}

}
