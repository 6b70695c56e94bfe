package io.atomicwrite.guarantee;

import java.util.Optional;

import io.atomicwrite.GuaranteeLevel;

/**
 * What lies beneath a mount or a device, as far as its content survives a crash.
 *
 * @param durability the highest level of crash durability upon it, with the reason
 * @param filesystem the filesystem that stores the content, if there is one
 */
record Beneath(Assessment durability, Optional<Filesystem> filesystem) {

	/** Nothing that would limit the level. */
	static final Beneath DISK = of(GuaranteeLevel.GUARANTEED, "its device is a disk");

	static Beneath of(GuaranteeLevel level, String reason) {
		return new Beneath(new Assessment(level, reason), Optional.empty());
	}

	/** What can't be followed may be in memory. */
	static Beneath unseen(String reason) {
		return of(GuaranteeLevel.BEST_EFFORT, reason);
	}

	/** Returns the weaker of two that store the content together. */
	Beneath and(Beneath other) {
		if (this.durability.level() == other.durability.level()) {
			return this.filesystem.isPresent() ? this : other;
		}
		return this.durability.level().satisfies(other.durability.level()) ? other : this;
	}

	/** Returns this with words before the reason. */
	Beneath because(String start) {
		return (this.durability.level() == GuaranteeLevel.GUARANTEED) ? this : new Beneath(
				new Assessment(this.durability.level(), start + this.durability.reason()), this.filesystem);
	}

}
