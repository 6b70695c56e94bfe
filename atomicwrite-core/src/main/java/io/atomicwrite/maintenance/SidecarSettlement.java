package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.checksum.Sidecars;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.RecoveryReport.Action;

/**
 * Settles the sidecars of interrupted writes, so that they record the existing content,
 * and reports sidecars that match no content.
 */
final class SidecarSettlement {

	private final Sidecars sidecars;

	private final ManifestSettlement manifests;

	private final LockRegistry locks;

	private final RecoveryOptions options;

	private final Remover remover;

	private final SweepTally tally;

	private final RecoverySteps steps;

	SidecarSettlement(Sidecars sidecars, ManifestSettlement manifests, LockRegistry locks, RecoveryOptions options,
			Remover remover, SweepTally tally, RecoverySteps steps) {
		this.sidecars = sidecars;
		this.manifests = manifests;
		this.locks = locks;
		this.options = options;
		this.remover = remover;
		this.tally = tally;
		this.steps = steps;
	}

	void settle(SweptDirectory directory, String name) {
		if (ArtifactNames.isManifest(name)) {
			this.manifests.settle(directory, name);
			return;
		}
		Artifact artifact = Objects.requireNonNull(ArtifactNames.parse(name));
		try {
			Pair pair = pair(directory, name, artifact);
			if (artifact.shortened() || directory.directory().kind(name) != FileStat.Kind.REGULAR) {
				return;
			}
			if (this.options.dryRun()) {
				// else it would be gone by now, or that of the target that was finished
				if (!this.steps.has(pair.path(name)) && !this.steps.has(pair.path(pair.file))) {
					compare(pair);
				}
				return;
			}
			try (LockLeases leases = this.locks.acquireResolved(pair.targets(), LockRequest.failFast())) {
				compare(pair);
			}
		}
		catch (AtomicWriteException ex) {
			// its writer is active and will update the sidecar
		}
		catch (NoSuchFileException ex) {
			// deleted in the meantime
		}
		catch (IOException ex) {
			this.tally.failed(directory.file(name), ex);
		}
	}

	/** Pairs a sidecar with the one of its possible files that it records. */
	private Pair pair(SweptDirectory directory, String name, Artifact artifact) throws IOException {
		String file = artifact.stem();
		for (String stem : artifact.stems()) {
			if (!stem.equals(file) && directory.directory().kind(name) == FileStat.Kind.REGULAR
					&& Sidecars.isOf(directory.directory(), name, stem)) {
				file = stem;
			}
		}
		Artifact of = ArtifactNames.parse(file, this.options.backupSuffix());
		return new Pair(directory, name, file,
				(of != null && of.kind() == ArtifactKind.BACKUP && !of.shortened()) ? of.stems() : List.of());
	}

	private void compare(Pair pair) throws IOException {
		Directory directory = pair.directory.directory();
		switch (this.sidecars.compare(directory, pair.sidecar, pair.file)) {
			case FOREIGN, MATCHES -> {
				// someone else's, or as it should be
			}
			case FILE_MISSING -> withoutFile(pair);
			case MATCHES_PREVIOUS -> {
				if (!this.options.dryRun()) {
					this.sidecars.settle(directory, pair.sidecar, pair.file);
					pair.directory.changed();
				}
				add(pair.path(pair.sidecar), Action.SETTLED, "the write that it belongs to did not happen");
			}
			case CONTRADICTS -> add(pair.path(pair.file), Action.DOUBTFUL,
					"its content does not match its sidecar: changed or damaged");
		}
	}

	/**
	 * Handles a sidecar without its file. A missing backup is no loss if the target still
	 * has the content that was to be backed up.
	 */
	private void withoutFile(Pair pair) throws IOException {
		Directory directory = pair.directory.directory();
		FileStat stat = directory.stat(pair.sidecar);
		if (stat != null && isOfBackupNeverMade(pair)) {
			if (this.remover.remove(pair.directory, pair.sidecar, ArtifactKind.SIDECAR, stat.size())) {
				add(pair.path(pair.sidecar), Action.DISCARDED, "it belongs to a backup that was never made");
			}
		}
		else {
			add(pair.path(pair.sidecar), Action.DOUBTFUL, "its file does not exist");
		}
	}

	private boolean isOfBackupNeverMade(Pair pair) throws IOException {
		Directory directory = pair.directory.directory();
		for (String target : pair.backedUp) {
			if (directory.kind(target) == FileStat.Kind.REGULAR
					&& this.sidecars.records(directory, pair.sidecar, pair.file, target)) {
				return true;
			}
		}
		return false;
	}

	private void add(Path file, Action action, String reason) {
		this.steps.add(file, action, reason);
	}

	/**
	 * A sidecar and the file that it belongs to.
	 *
	 * @param backedUp the names that the target may have, if the file is a backup
	 */
	private record Pair(SweptDirectory directory, String sidecar, String file, List<String> backedUp) {

		Path path(String name) {
			return this.directory.file(name);
		}

		/** A backup and its sidecar are made under the lease of the backed-up target. */
		List<Path> targets() {
			return Stream.concat(Stream.of(this.file), this.backedUp.stream()).map(this::path).toList();
		}

	}

}
