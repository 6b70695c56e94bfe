package io.atomicwrite.spring.autoconfigure;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.atomicwrite.Capability;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.GuaranteeNotMetException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a managed directory that promises less than is needed.
 */
final class GuaranteeNotMetFailureAnalyzer extends AbstractFailureAnalyzer<GuaranteeNotMetException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GuaranteeNotMetException cause) {
		DirectoryInspection found = cause.inspection();
		StringBuilder description = new StringBuilder("The managed directory '" + found.directory().name() + "' at "
				+ found.directory().path() + " lies on " + found.filesystem().type() + " mounted at "
				+ found.filesystem().mountPoint() + ", which promises less than is needed:");
		found.shortfalls().forEach((shortfall) -> addLine(description, shortfall.toString()));
		found.lacks()
			.forEach((capability) -> addLine(description, "writes need " + capability + ", which it does not have"));
		String action = "Set 'atomicwrite.directories." + found.directory().name()
				+ ".path' to a directory on another filesystem"
				+ (found.lacks().isEmpty()
						? ", or, if you accept the risk, relax "
								+ String.join(" and ", properties(found, cause.requirements())) + "."
						: without(found.lacks()));
		return new FailureAnalysis(description.toString(), action, cause);
	}

	private static void addLine(StringBuilder description, String line) {
		description.append(System.lineSeparator()).append("    - ").append(line);
	}

	private static Set<String> properties(DirectoryInspection found, WriteRequirements requirements) {
		Set<String> properties = new TreeSet<>();
		for (Shortfall shortfall : found.shortfalls()) {
			if (shortfall.explicit()) {
				properties.add("'atomicwrite.require."
						+ shortfall.guarantee().name().toLowerCase(Locale.ROOT).replace('_', '-') + "'");
			}
			if (!shortfall.explicit() || isBelowSafetyToo(shortfall, requirements)) {
				properties.add("'atomicwrite.safety' (warn or best-effort)");
			}
		}
		return properties;
	}

	/** Whoever relaxed the required level alone would be told of the policy next. */
	private static boolean isBelowSafetyToo(Shortfall shortfall, WriteRequirements requirements) {
		return requirements.options().safety() == SafetyPolicy.STRICT && requirements.uses(shortfall.guarantee())
				&& !shortfall.found().level().satisfies(GuaranteeLevel.BEST_EFFORT);
	}

	private static String without(Set<Capability> lacks) {
		if (lacks.equals(Set.of(Capability.HOST_LOCK))) {
			return ", or, if no other process writes there, 'atomicwrite.lock.mode' to none.";
		}
		return "; no safety policy lets a write do without.";
	}

}
