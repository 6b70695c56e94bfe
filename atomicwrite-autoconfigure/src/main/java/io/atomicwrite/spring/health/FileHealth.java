package io.atomicwrite.spring.health;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.Runbook;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentState;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.spring.config.ImportedFile;
import io.atomicwrite.spring.config.ImportedFiles;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of documents and imported configuration files. Reads no file, and has none
 * of their values.
 */
final class FileHealth {

	private FileHealth() {
	}

	/** The health of a document; {@code null} stands for one that is not open yet. */
	static Health of(@Nullable AtomicDocument<?> document) {
		return (document != null) ? Health.status(status(document)).withDetails(describe(document)).build()
				: Health.status(OwnStatus.UNKNOWN).withDetail("status", "NOT_OPEN").build();
	}

	/** The worst status of all: a file that is edited wrongly is no outage. */
	static Health of(ImportedFiles imports) {
		Status worst = OwnStatus.UP;
		Health.Builder health = new Health.Builder();
		for (ImportedFile file : imports.all()) {
			worst = OwnStatus.worse(worst, status(file));
			health.withDetail(file.file().toString(), describe(file));
		}
		return health.status(worst).build();
	}

	private static Status status(AtomicDocument<?> document) {
		return switch (document.status()) {
			case INVALID ->
				(document.snapshot().source() == Source.LAST_GOOD) ? OwnStatus.LAST_GOOD : OwnStatus.INVALID;
			case VALID, DEFAULTED, MISSING, TOO_NEW, READ_ONLY, CLOSED -> OwnStatus.UP;
		};
	}

	private static Status status(ImportedFile file) {
		return switch (file.status()) {
			case INVALID -> OwnStatus.INVALID;
			case LAST_GOOD -> OwnStatus.LAST_GOOD;
			case VALID, MISSING -> OwnStatus.UP;
		};
	}

	private static Map<String, Object> describe(AtomicDocument<?> document) {
		DocumentState state = document.state();
		boolean lastGood = status(document).equals(OwnStatus.LAST_GOOD);
		Map<String, Object> detail = detail(lastGood ? OwnStatus.LAST_GOOD.getCode() : state.status().name(),
				state.since());
		detail.put("path", document.path().toString());
		state.problem().ifPresent((problem) -> {
			detail.put("problem", problem(problem.file(), problem.line(), problem.column(), problem.message()));
			detail.put("runbooks", List.of(Runbook.DOCUMENT_INVALID.url()));
		});
		return detail;
	}

	private static Map<String, Object> describe(ImportedFile file) {
		Map<String, Object> detail = detail(file.status().name(), file.since());
		if (!file.source().equals(file.file())) {
			detail.put("source", file.source().toString());
		}
		file.problem()
			.ifPresent((problem) -> detail.put("problem",
					problem(file.file(), problem.line(), problem.column(), problem.message())));
		return detail;
	}

	private static Map<String, Object> detail(String status, Instant since) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("status", status);
		detail.put("since", since);
		return detail;
	}

	private static Map<String, Object> problem(Path file, int line, int column, String message) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("file", file.toString());
		if (line > 0) {
			detail.put("line", line);
			detail.put("column", column);
		}
		detail.put("message", message);
		return detail;
	}

}
