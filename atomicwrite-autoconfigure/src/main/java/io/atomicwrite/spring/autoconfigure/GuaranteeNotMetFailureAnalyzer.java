package io.atomicwrite.spring.autoconfigure;

import java.util.Locale;
import java.util.TreeSet;

import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.spring.directory.GuaranteeNotMetException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a managed directory that keeps a guarantee below the level that is needed.
 */
final class GuaranteeNotMetFailureAnalyzer extends AbstractFailureAnalyzer<GuaranteeNotMetException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GuaranteeNotMetException cause) {
		DirectoryInspection found = cause.inspection();
		String name = found.directory().name();
		StringBuilder description = new StringBuilder("The managed directory '" + name + "' at "
				+ found.directory().path() + " lies on " + found.filesystem().type() + " mounted at "
				+ found.filesystem().mountPoint() + ", which promises less than is needed:");
		TreeSet<String> properties = new TreeSet<>();
		for (Shortfall shortfall : found.shortfalls()) {
			description.append(System.lineSeparator()).append("    - ").append(shortfall);
			properties.add(property(shortfall));
		}
		String action = "Set 'atomicwrite.directories." + name
				+ ".path' to a directory on another filesystem, or, if you accept the risk, relax "
				+ String.join(" and ", properties) + ".";
		return new FailureAnalysis(description.toString(), action, cause);
	}

	private static String property(Shortfall shortfall) {
		if (!shortfall.explicit()) {
			return "'atomicwrite.safety' (warn or best-effort)";
		}
		return "'atomicwrite.require." + shortfall.guarantee().name().toLowerCase(Locale.ROOT).replace('_', '-') + "'";
	}

}
