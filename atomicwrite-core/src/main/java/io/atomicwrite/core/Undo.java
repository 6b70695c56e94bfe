package io.atomicwrite.core;

import io.atomicwrite.artifact.ChangeScope.Step;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The way back of one operation. Each step registers here how it is undone, as soon as it
 * is done; the end of the operation runs what was registered, the last step first, each
 * of them whatever happens to the others.
 */
final class Undo {

	private final Deque<Entry> entries = new ArrayDeque<>();

	/** Registers what gives something back, however the operation ends. */
	void always(Step step) {
		this.entries.push(new Entry(step, false));
	}

	/** Registers what takes a change back that only a commit would have made true. */
	void unlessCommitted(Step step) {
		this.entries.push(new Entry(step, true));
	}

	/**
	 * Runs the steps, and then throws what the first one threw that is not an I/O error.
	 * @param takeBack whether changes are to be taken back
	 * @param failure why the operation ends: gets the I/O errors as suppressed ones
	 */
	void run(boolean takeBack, @Nullable Throwable failure) {
		Throwable first = null;
		while (!this.entries.isEmpty()) {
			Entry entry = this.entries.pop();
			if (takeBack || !entry.change) {
				first = firstOf(first, run(entry.step, failure));
			}
		}
		if (first instanceof RuntimeException ex) {
			throw ex;
		}
		if (first instanceof Error error) {
			throw error;
		}
	}

	private static @Nullable Throwable run(Step step, @Nullable Throwable failure) {
		try {
			step.run();
			return null;
		}
		catch (IOException ex) {
			if (failure != null) {
				failure.addSuppressed(ex);
			}
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

	private static @Nullable Throwable firstOf(@Nullable Throwable first, @Nullable Throwable next) {
		if (first == null || next == null || first == next) {
			return (first != null) ? first : next;
		}
		first.addSuppressed(next);
		return first;
	}

	private record Entry(Step step, boolean change) {
	}

}
