package io.atomicwrite.spring.actuate.endpoint;

import java.time.Instant;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentProblem;
import io.atomicwrite.document.DocumentState;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.document.Snapshot.Source;
import org.jspecify.annotations.Nullable;

/**
 * Description of a document. Never has its content.
 *
 * @param path its path
 * @param status how it stands to its file
 * @param version the version of the content that holds its value
 * @param source where its value comes from
 * @param since when it came to its status
 * @param problem what is wrong with its file
 */
public record DocumentDescriptor(String path, DocumentStatus status, String version, Source source, Instant since,
		@Nullable ProblemDescriptor problem) {

	static DocumentDescriptor of(AtomicDocument<?> document) {
		DocumentState state = document.state();
		var snapshot = document.snapshot();
		return new DocumentDescriptor(document.path().toString(), state.status(), snapshot.version().toString(),
				snapshot.source(), state.since(), state.problem().map(ProblemDescriptor::of).orElse(null));
	}

	/**
	 * Description of a problem.
	 *
	 * @param kind the kind of problem
	 * @param line the line, absent if it is not known
	 * @param column the column, absent if it is not known
	 * @param message what is wrong, without any value of the file
	 */
	public record ProblemDescriptor(DocumentProblem.Kind kind, @Nullable Integer line, @Nullable Integer column,
			String message) {

		static ProblemDescriptor of(DocumentProblem problem) {
			boolean placed = problem.line() > 0;
			return new ProblemDescriptor(problem.kind(), placed ? problem.line() : null,
					placed ? problem.column() : null, problem.message());
		}

	}

}
