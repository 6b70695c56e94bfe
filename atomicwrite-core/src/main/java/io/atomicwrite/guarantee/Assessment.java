package io.atomicwrite.guarantee;

import io.atomicwrite.GuaranteeLevel;

/**
 * The level of one guarantee in a directory, with the reason. Immutable.
 *
 * @param level the level
 * @param reason why the level applies, as text for a person
 */
public record Assessment(GuaranteeLevel level, String reason) {

	Assessment atMost(GuaranteeLevel limit, String why) {
		return this.level.satisfies(limit) && this.level != limit ? new Assessment(limit, why) : this;
	}

}
