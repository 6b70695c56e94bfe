package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Manifests;
import io.atomicwrite.maintenance.RecoveryReport.Action;

/**
 * Settles the manifests of interrupted writes, so that they name the existing content,
 * and reports manifests without a file. One whose file was replaced by someone who wrote
 * no manifest is no damage and stays as it is.
 */
final class ManifestSettlement {

	private final Manifests manifests;

	private final LockRegistry locks;

	private final RecoveryOptions options;

	private final SweepTally tally;

	private final RecoverySteps steps;

	ManifestSettlement(Manifests manifests, LockRegistry locks, RecoveryOptions options, SweepTally tally,
			RecoverySteps steps) {
		this.manifests = manifests;
		this.locks = locks;
		this.options = options;
		this.tally = tally;
		this.steps = steps;
	}

	void settle(SweptDirectory directory, String name) {
		Artifact artifact = Objects.requireNonNull(ArtifactNames.parse(name));
		try {
			if (artifact.shortened() || directory.directory().kind(name) != FileStat.Kind.REGULAR) {
				return;
			}
			Optional<String> file = this.manifests.fileOf(directory.directory(), name, artifact.stems());
			if (file.isPresent()) {
				settle(directory, name, file.get());
			}
		}
		catch (AtomicWriteException ex) {
			// its writer is active and will update the manifest
		}
		catch (NoSuchFileException ex) {
			// deleted in the meantime
		}
		catch (IOException ex) {
			this.tally.failed(directory.file(name), ex);
		}
	}

	private void settle(SweptDirectory directory, String name, String file) throws IOException {
		if (this.options.dryRun()) {
			// else it would be gone by now, or that of the target that was finished
			if (!this.steps.has(directory.file(name)) && !this.steps.has(directory.file(file))) {
				compare(directory, name, file);
			}
			return;
		}
		try (LockLeases leases = this.locks.acquireResolved(List.of(directory.file(file)), LockRequest.failFast())) {
			compare(directory, name, file);
		}
	}

	private void compare(SweptDirectory directory, String name, String file) throws IOException {
		Directory open = directory.directory();
		Path manifest = directory.file(name);
		switch (this.manifests.compare(open, name, file)) {
			case FOREIGN, MATCHES, CONTRADICTS -> {
				// someone else's, as it should be, or of a content that is gone
			}
			case FILE_MISSING -> this.steps.add(manifest, Action.DOUBTFUL, "its file does not exist");
			case MATCHES_PREVIOUS -> {
				if (!this.options.dryRun()) {
					this.manifests.settle(open, name, file);
					directory.changed();
				}
				this.steps.add(manifest, Action.SETTLED, "the write that it belongs to did not happen");
			}
		}
	}

}
