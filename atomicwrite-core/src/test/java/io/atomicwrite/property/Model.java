package io.atomicwrite.property;

import java.util.HashMap;
import java.util.Map;

import io.atomicwrite.FormatException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.VersionConflictException;
import org.jspecify.annotations.Nullable;

/**
 * What the operations promise, without files: names and their contents.
 */
final class Model {

	private final Map<String, String> files;

	Model(Map<String, String> files) {
		this.files = new HashMap<>(files);
	}

	Map<String, String> files() {
		return this.files;
	}

	/**
	 * Does a step.
	 * @param step the step
	 * @param restored the content of the backup that a restore is of
	 * @return what it must fail with, having changed nothing, or {@code null}
	 */
	@Nullable Class<? extends Exception> apply(Step step, @Nullable String restored) {
		String name = step.name();
		String found = this.files.get(name);
		return switch (step.kind()) {
			case WRITE, STREAM, CALLBACK, COMMIT -> put(name, step.content());
			case DISCARD -> null;
			case FAILING_CALLBACK -> Trial.Planned.class;
			case CREATE -> (found != null) ? TargetExistsException.class : put(name, step.content());
			case RIGHT_VERSION -> (found == null) ? VersionConflictException.class : put(name, step.content());
			case WRONG_VERSION -> VersionConflictException.class;
			case APPEND -> put(name, (found != null) ? found + step.content() : step.content());
			case UPDATE -> (found != null && !found.matches("[0-9]+")) ? FormatException.class
					: put(name, Integer.toString((found != null) ? Integer.parseInt(found) + 1 : 1));
			case DELETE -> {
				this.files.remove(name);
				yield null;
			}
			case MOVE -> (found == null || name.equals(step.other())) ? TargetRejectedException.class
					: move(name, step.other(), found);
			case MOVE_NEW -> {
				boolean taken = this.files.containsKey(step.other());
				yield (found == null || name.equals(step.other())) ? TargetRejectedException.class
						: taken ? TargetExistsException.class : move(name, step.other(), found);
			}
			case RESTORE -> (restored != null) ? put(name, restored) : null;
		};
	}

	private @Nullable Class<? extends Exception> put(String name, String content) {
		this.files.put(name, content);
		return null;
	}

	private @Nullable Class<? extends Exception> move(String name, String other, String content) {
		this.files.remove(name);
		return put(other, content);
	}

}
