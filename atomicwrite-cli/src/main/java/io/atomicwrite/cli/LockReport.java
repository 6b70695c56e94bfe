package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockListener;
import org.jspecify.annotations.Nullable;

/**
 * The lock files of one run: where they are, and what is reported of them.
 */
final class LockReport implements LockListener {

	private final Session session;

	private final FileOps files;

	private final LockOptions options;

	private final @Nullable Path chosen;

	private final CompanionNames companions;

	LockReport(Session session, FileOps files, LockOptions options, CompanionNames companions) {
		this.session = session;
		this.files = files;
		this.options = options;
		this.chosen = options.lockFile();
		this.companions = companions;
	}

	/** Returns the locks; below {@code atomic-write lock} its lease counts as one. */
	LockFileRegistry registry() {
		return InheritedLocks.orOwn(this.files, this, this.options.registry(this.files, this, this.companions));
	}

	/** The lock is released all the same, and the status is that of the write. */
	@Override
	public void leftOver(Path target, IOException cause) {
		String subject = this.session.subject();
		this.session.reporter()
			.warning(subject.isEmpty() ? target.toString() : subject, "the lock file " + lockFile(target)
					+ " can't be deleted: " + IoErrors.text(cause) + "; it remains, and is harmless");
	}

	Path lockFile(Path target) {
		if (this.chosen != null) {
			return this.chosen.toAbsolutePath();
		}
		String name = target.getFileName().toString();
		return target.resolveSibling(
				ArtifactNames.lock(this.companions, name, limit(target.toAbsolutePath().getParent(), name)));
	}

	private int limit(@Nullable Path directory, String name) {
		try {
			return (directory != null) ? NameLimit.of(this.files, directory, name) : ArtifactNames.USUAL_LIMIT;
		}
		catch (IOException ex) {
			// a directory that can't be looked at any more: most have this limit
			return ArtifactNames.USUAL_LIMIT;
		}
	}

}
