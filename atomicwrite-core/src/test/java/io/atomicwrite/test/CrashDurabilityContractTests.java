package io.atomicwrite.test;

import java.util.function.UnaryOperator;

import io.atomicwrite.test.crash.CrashStates.Profile;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the model in memory promises and what it does not, in each of its profiles.
 */
@ParameterizedClass
@EnumSource
class CrashDurabilityContractTests extends CrashDurability {

	CrashDurabilityContractTests(Profile profile) {
		super(profile, UnaryOperator.identity(), UnaryOperator.identity());
	}

}
