package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Remedy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.spring.directory.DirectoryUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/**
 * A failure analyzer for {@link DirectoryUnavailableException}.
 */
final class DirectoryUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryUnavailableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryUnavailableException cause) {
		String name = cause.directory().name();
		return new FailureAnalysis(
				"The managed directory '" + name + "' at " + cause.directory().path() + " can't be created or read: "
						+ cause.reason() + ".",
				StringUtils.capitalize(remedy(cause.error())) + ", or set 'atomicwrite.directories." + name
						+ ".path' to another directory.",
				cause);
	}

	private static String remedy(IoErrorKind error) {
		return switch (error) {
			case ACCESS_DENIED, NOT_PERMITTED -> "grant the user that runs the application search permission on each "
					+ "directory of the path, and write permission where one is to be created";
			case NOT_FOUND -> "create the directory and grant access to the user that runs the application";
			case OTHER -> "see the error above";
			default -> Remedy.of(WritePhase.RESOLVE, error).text();
		};
	}

}
