package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;

import io.atomicwrite.Remedy;

/**
 * Words the remedies that a property of the starter sets, which the engine words by its
 * API.
 */
final class RemedyProperties {

	private RemedyProperties() {
	}

	/**
	 * Returns the remedy in terms of properties.
	 * @param remedy the remedy
	 * @return a sentence, empty if no property helps
	 */
	static Optional<String> of(Remedy remedy) {
		return Optional.ofNullable(switch (remedy) {
			case RELAX_SAFETY -> "Choose another directory or, if you accept the risk, relax 'atomicwrite.safety' "
					+ "(warn or best-effort) or 'atomicwrite.require'.";
			case PERMIT_DIRECTORY_READING -> "Add read permission on the directory or, if you accept the risk, relax "
					+ "'atomicwrite.safety' (warn or best-effort).";
			case KEEP_CHECKSUM -> "Set 'atomicwrite.checksum.mode' to sidecar or attribute.";
			case CHOOSE_DIRECTORY_OR_SIDECAR ->
				"Choose another directory, or set 'atomicwrite.checksum.mode' to sidecar.";
			case TAKE_LOCK -> "Set 'atomicwrite.lock.mode' to wait or fail-fast.";
			case LOCK_ELSEWHERE -> "Choose another directory or, if no other process writes there, set "
					+ "'atomicwrite.lock.mode' to none.";
			case WAIT_LONGER -> "Raise 'atomicwrite.lock.timeout', or see what the holder does.";
			case STAY_WITHIN_BASE -> "Use a path within 'atomicwrite.base-directory'.";
			case RELAX_METADATA ->
				"Run as the owner of the file or as root, or set 'atomicwrite.metadata.owner' to " + "try or ignore.";
			case DO_WITHOUT_METADATA -> "Choose another directory, or set 'atomicwrite.metadata.mode' to preserve.";
			default -> null;
		});
	}

}
