package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.cli.ContentEdit.Edited;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file, changes it and writes it, in one step for all who take the lock. Who does
 * not, as an editor, is noticed until right before the commit.
 */
final class FileChange {

	private static final int ATTEMPTS = 3;

	private final Session session;

	private final Path target;

	private final ContentEdit change;

	private final boolean creates;

	FileChange(Session session, Path target, ContentEdit change, boolean creates) {
		this.session = session;
		this.target = target;
		this.change = change;
		this.creates = creates;
	}

	/**
	 * Makes the change. What is there already needs neither lock nor write.
	 * @param content how to replace the file
	 * @param options how to write it
	 * @param engines makes an engine
	 * @param lock how long to wait for the lock
	 * @return the exit status
	 */
	int run(ContentOptions content, WriteOptions options, Function<WriteOptions, Engine> engines, LockRequest lock)
			throws IOException {
		TargetLook.requireWritable(this.target, content.createsDirectories());
		Step step = step(TargetLook.content(this.target, DataFormat.mostBytes()));
		if (content.dryRun() || (step.edited.same() && !content.expects())) {
			if (content.diffs()) {
				show(step);
			}
			report(step.edited.same() ? "Unchanged " : "Would change ", step, WriteOutcome.UNCHANGED);
			return ExitStatus.SUCCESS;
		}
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try (Engine engine = engines.apply(options)) {
				step = attempt(engine, lock, step, content);
				if (!step.foreign) {
					return ExitStatus.SUCCESS;
				}
			}
		}
		throw Failure.of("", "another program that takes no lock changed the file each time before the change was made",
				"the file is as that program has left it; try again");
	}

	/** What was computed before the lock counts if nothing has changed since. */
	private Step attempt(Engine engine, LockRequest lock, Step known, ContentOptions content) throws IOException {
		try (StagedWrite staged = engine.open(this.target, lock)) {
			Path file = staged.target();
			byte[] now = TargetLook.content(file, DataFormat.mostBytes());
			if (now != null) {
				StagedContent.requireSound(engine, file);
			}
			Step step = Arrays.equals(now, known.before) ? known.retried() : step(now);
			if (step.edited.same()) {
				report("Unchanged ", step, WriteOutcome.UNCHANGED);
				return step;
			}
			new StagedContent(staged).put(ByteBuffer.wrap(step.edited.content()));
			Foreign foreign = new Foreign(file, now);
			engine.files().checkLast(foreign);
			WriteResult result;
			try {
				result = staged.commit();
			}
			catch (RuntimeException ex) {
				if (foreign.seen) {
					return step.overtaken();
				}
				throw ex;
			}
			if (content.diffs()) {
				show(step);
			}
			step.edited.losses()
				.forEach((loss) -> this.session.reporter()
					.warning(this.session.subject(), "the change could not keep " + loss));
			WriteReport.of(this.session, result, Map.of("lost", step.edited.losses()));
			return step;
		}
	}

	private Step step(byte @Nullable [] before) {
		if (before == null && !this.creates) {
			throw Failure.of("", "No such file or directory",
					"correct the name; set and merge begin a file with --create");
		}
		if (before != null && before.length == 0 && !this.creates) {
			this.change.requireEmptyIsValid();
		}
		return new Step(before, this.change.apply(before), false);
	}

	private void show(Step step) {
		byte[] diff = UnifiedDiff.of(this.session.subject(), step.before, step.edited.content());
		this.session.out().write(diff, 0, diff.length);
		this.session.out().flush();
	}

	private void report(String what, Step step, WriteOutcome outcome) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("file", this.session.subject());
		details.put("size", (step.before != null) ? step.before.length : 0);
		details.put("outcome", outcome);
		details.put("lost", step.edited.losses());
		this.session.reporter().report(Reporter.Level.INFO, what + this.session.subject(), details);
	}

	/** What the file held, and what it is to hold. */
	private record Step(byte @Nullable [] before, Edited edited, boolean foreign) {

		Step overtaken() {
			return new Step(this.before, this.edited, true);
		}

		Step retried() {
			return new Step(this.before, this.edited, false);
		}

	}

	/** Stops a commit over content that it does not build on. */
	private static final class Foreign implements TrackedFiles.Check {

		private final Path file;

		private final byte @Nullable [] expected;

		private boolean seen;

		Foreign(Path file, byte @Nullable [] expected) {
			this.file = file;
			this.expected = expected;
		}

		@Override
		public void run() throws IOException {
			if (!Arrays.equals(TargetLook.content(this.file, Integer.MAX_VALUE), this.expected)) {
				this.seen = true;
				throw new IOException("was changed meanwhile");
			}
		}

	}

}
