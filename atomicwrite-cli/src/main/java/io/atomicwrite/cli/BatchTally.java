package io.atomicwrite.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.BatchListener;
import io.atomicwrite.core.WriteResult;

/**
 * Reports each file when it is durable or has failed, and counts them. For one thread.
 */
final class BatchTally implements BatchListener {

	/** More of them are counted only. */
	private static final int NAMED = 20;

	private final Session session;

	private final List<String> names = new ArrayList<>();

	private int written;

	private int failed;

	private long size;

	BatchTally(Session session) {
		this.session = session;
	}

	@Override
	public void written(Path target, WriteResult result) {
		this.written++;
		this.size += result.size();
		if (this.names.size() < NAMED) {
			this.names.add(target.toString());
		}
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("path", target);
		object.put("outcome", result.outcome());
		object.put("size", result.size());
		LossReport.report(this.session.reporter(), target.toString(), result.metadata(), object);
		if (this.session.reporter().isJson()) {
			this.session.out().print(Json.of(object) + "\n");
		}
	}

	@Override
	public void failed(Path target, RuntimeException failure) {
		this.failed++;
		if (this.session.interruption().isInterrupted()) {
			// that is reported once
			return;
		}
		this.session.about(target.toString());
		this.session.reporter().error(Failures.of(this.session, failure));
		this.session.about("");
	}

	/** Returns the failure with what was written in spite of it. */
	Failure of(Failure failure) {
		if (this.written == 0) {
			return failure.withHint("nothing was written");
		}
		String more = (this.written > this.names.size()) ? " and " + (this.written - this.names.size()) + " more" : "";
		return failure.withHint(counted(this.written) + " written before: " + String.join(", ", this.names) + more);
	}

	private static String counted(int count) {
		return (count == 1) ? "1 file was" : count + " files were";
	}

	/** Reports how many were written, and returns the status. */
	int end() {
		this.session.reporter()
			.report(Reporter.Level.INFO, this.written + " of " + (this.written + this.failed) + " files were written",
					Map.of("written", this.written, "failed", this.failed, "size", this.size));
		return (this.failed == 0) ? ExitStatus.SUCCESS : ExitStatus.ERROR;
	}

}
