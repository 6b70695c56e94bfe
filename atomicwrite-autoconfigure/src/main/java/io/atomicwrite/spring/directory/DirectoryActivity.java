package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for each managed directory the last write that failed, the last backup that
 * was read in the place of its file, and the files that did not verify and have not been
 * written since. Does no I/O. Thread-safe.
 */
public final class DirectoryActivity implements WriteListener {

	private static final int MOST_DAMAGED = 100;

	private final ManagedDirectories directories;

	private final InstantSource clock;

	private final Map<String, Memory> memories = new ConcurrentHashMap<>();

	/**
	 * Creates an instance that remembers nothing yet.
	 * @param directories the directories
	 * @param clock the clock
	 */
	public DirectoryActivity(ManagedDirectories directories, InstantSource clock) {
		this.directories = directories;
		this.clock = clock;
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		of(attempt.target()).succeeded(List.of(attempt.target(), result.target()));
	}

	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		of(attempt.target()).failed(new Failure(this.clock.instant(), attempt.target(), FailureReason.of(failure),
				String.valueOf(failure.getMessage())));
	}

	@Override
	public void readVerified(Path file) {
		Memory memory = this.memories.get(this.directories.nameOf(file));
		if (memory != null) {
			memory.verified(file);
		}
	}

	@Override
	public void checksumFailed(Path file) {
		of(file).damaged(file, this.clock.instant());
	}

	@Override
	public void fellBack(Path file, Path backup, AtomicWriteException reason) {
		of(file).fellBack(new Fallback(this.clock.instant(), file, backup, String.valueOf(reason.problem().summary())));
	}

	private Memory of(Path target) {
		return this.memories.computeIfAbsent(this.directories.nameOf(target), (name) -> new Memory());
	}

	/**
	 * Returns what is remembered of a directory.
	 * @param name its name, or {@link ManagedDirectories#OTHER}
	 * @return what is remembered, empty if nothing happened
	 */
	public Recent recent(String name) {
		Memory memory = this.memories.get(name);
		return (memory != null) ? memory.recent() : new Recent(Optional.empty(), false, Optional.empty(), Map.of());
	}

	/**
	 * Returns whether anything happened in a directory.
	 * @param name its name, or {@link ManagedDirectories#OTHER}
	 * @return whether a write was made or failed, or a file did not verify
	 */
	public boolean isKnown(String name) {
		return this.memories.containsKey(name);
	}

	/**
	 * What is remembered of a directory. Immutable.
	 *
	 * @param lastFailure the last write that failed, however long ago
	 * @param failing whether no write has succeeded since
	 * @param lastFallback the last backup that was read in the place of its file
	 * @param damaged when files did not verify that have not been written since, by file;
	 * at most 100
	 */
	public record Recent(Optional<Failure> lastFailure, boolean failing, Optional<Fallback> lastFallback,
			Map<Path, Instant> damaged) {
	}

	/**
	 * A write that failed. Immutable.
	 *
	 * @param at when
	 * @param target what was to be written
	 * @param reason the reason
	 * @param message what happened and what to do
	 */
	public record Failure(Instant at, Path target, FailureReason reason, String message) {
	}

	/**
	 * A backup that was read in the place of its file. Immutable.
	 *
	 * @param at when
	 * @param file the file
	 * @param backup the backup
	 * @param reason why the file itself could not be used
	 */
	public record Fallback(Instant at, Path file, Path backup, String reason) {
	}

	private static final class Memory {

		private @Nullable Failure failure;

		private boolean failing;

		private @Nullable Fallback fallback;

		private final Map<Path, Instant> damaged = new LinkedHashMap<>();

		synchronized void succeeded(List<Path> written) {
			this.failing = false;
			written.forEach(this.damaged::remove);
		}

		synchronized void verified(Path file) {
			this.damaged.remove(file);
		}

		synchronized void failed(Failure last) {
			this.failure = last;
			this.failing = true;
		}

		synchronized void damaged(Path file, Instant at) {
			if (this.damaged.size() < MOST_DAMAGED) {
				this.damaged.putIfAbsent(file, at);
			}
		}

		synchronized void fellBack(Fallback last) {
			this.fallback = last;
			damaged(last.file(), last.at());
		}

		synchronized Recent recent() {
			return new Recent(Optional.ofNullable(this.failure), this.failing, Optional.ofNullable(this.fallback),
					Map.copyOf(this.damaged));
		}

	}

}
