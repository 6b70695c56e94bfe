package io.atomicwrite.sample;

import java.time.Instant;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentProblem;
import io.atomicwrite.document.DocumentState;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.document.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * How the settings stand to their file. All of it is in memory, so a page may ask for it
 * as often as it likes.
 *
 * @param status whether the file is valid
 * @param since since when it is
 * @param source who has made the current settings: this service or someone else
 * @param version the version of the current settings, {@code none} if no file holds them
 * @param problem what is wrong with the file, or {@code null} if nothing is
 */
record SettingsState(DocumentStatus status, Instant since, Snapshot.Source source, String version,
		@Nullable String problem) {

	static SettingsState of(AtomicDocument<?> document) {
		DocumentState state = document.state();
		Snapshot<?> snapshot = document.snapshot();
		return new SettingsState(state.status(), state.since(), snapshot.source(), snapshot.version().toString(),
				state.problem().map(SettingsState::text).orElse(null));
	}

	/** The last name of the file is enough for those who use the page. */
	private static String text(DocumentProblem problem) {
		return problem.file().getFileName() + ", " + problem.description();
	}

}
