package io.atomicwrite.spring.autoconfigure;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.GuaranteeNotMetException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link GuaranteeNotMetException}.
 */
final class GuaranteeNotMetFailureAnalyzer extends AbstractFailureAnalyzer<GuaranteeNotMetException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GuaranteeNotMetException cause) {
		DirectoryInspection found = cause.inspection();
		StringBuilder description = new StringBuilder("The managed directory '" + found.directory().name() + "' at "
				+ found.directory().path() + " is on " + found.filesystem().type() + " mounted at "
				+ found.filesystem().mountPoint() + ", which provides less than required:");
		found.shortfalls().forEach((shortfall) -> addLine(description, shortfall.toString()));
		found.lacks()
			.forEach((capability) -> addLine(description, "writes need " + capability + ", which it does not support"));
		return new FailureAnalysis(description.toString(), action(cause), cause);
	}

	private static String action(GuaranteeNotMetException cause) {
		DirectoryInspection found = cause.inspection();
		WriteRequirements requirements = cause.requirements();
		String settings = settings(found, requirements);
		if (found.lacks().isEmpty() && found.shortfalls().stream().allMatch(isOfTheWrite(requirements))) {
			return "Set " + settings + relaxed(cause);
		}
		String elsewhere = "Set 'atomicwrite.directories." + found.directory().name()
				+ ".path' to a directory on another filesystem";
		if (!found.lacks().isEmpty()) {
			return elsewhere + without(found.lacks());
		}
		return elsewhere + (settings.isEmpty() ? "" : " and " + settings) + relaxed(cause);
	}

	/**
	 * Returns whether a shortfall is due to the options of the write, as disabled
	 * checksums or locks are, which no filesystem can compensate for.
	 */
	private static Predicate<Shortfall> isOfTheWrite(WriteRequirements requirements) {
		return (shortfall) -> !requirements.uses(shortfall.guarantee());
	}

	private static String settings(DirectoryInspection found, WriteRequirements requirements) {
		return found.shortfalls()
			.stream()
			.filter(isOfTheWrite(requirements))
			.map((shortfall) -> (shortfall.guarantee() == Guarantee.INTEGRITY_DETECTION)
					? "'atomicwrite.checksum.mode' to sidecar or attribute"
					: "'atomicwrite.lock.mode' to wait or fail-fast")
			.collect(Collectors.joining(" and "));
	}

	private static String relaxed(GuaranteeNotMetException cause) {
		return ", or, if you accept the risk, relax " + String.join(" and ", properties(cause)) + ".";
	}

	private static void addLine(StringBuilder description, String line) {
		description.append(System.lineSeparator()).append("    - ").append(line);
	}

	private static Set<String> properties(GuaranteeNotMetException cause) {
		Set<String> properties = new TreeSet<>();
		for (Shortfall shortfall : cause.inspection().shortfalls()) {
			if (shortfall.explicit()) {
				properties.add("'" + required(cause, shortfall.guarantee()) + "'");
			}
			// relaxing the requirement alone may not be enough
			if (!shortfall.explicit() || cause.requirements()
				.isRefusedByPolicy(shortfall.guarantee(), shortfall.found(), cause.inspection().filesystem())) {
				properties.add("'atomicwrite.safety' (warn or best-effort)");
			}
		}
		return properties;
	}

	private static String required(GuaranteeNotMetException cause, Guarantee guarantee) {
		String directory = cause.ofDirectory().contains(guarantee)
				? "directories." + cause.inspection().directory().name() + "." : "";
		return "atomicwrite." + directory + "require." + guarantee.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String without(Set<Capability> lacks) {
		if (lacks.equals(Set.of(Capability.HOST_LOCK))) {
			return ", or, if no other process writes there, 'atomicwrite.lock.mode' to none.";
		}
		if (lacks.equals(Set.of(Capability.USER_ATTRIBUTES))) {
			return ", or 'atomicwrite.checksum.mode' to sidecar, which needs no extended attributes.";
		}
		return "; every safety policy requires it.";
	}

}
