package io.atomicwrite.guarantee;

import io.atomicwrite.GuaranteeLevel;

/**
 * How far a guarantee is kept, and why.
 *
 * @param level the level
 * @param reason why it is that level, for a person
 */
public record Assessment(GuaranteeLevel level, String reason) {

	Assessment atMost(GuaranteeLevel limit, String why) {
		return this.level.satisfies(limit) && this.level != limit ? new Assessment(limit, why) : this;
	}

}
