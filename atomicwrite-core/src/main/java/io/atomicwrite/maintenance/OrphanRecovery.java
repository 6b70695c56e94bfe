package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.checksum.Sidecars;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.manifest.Manifests;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport.Action;

/**
 * Discards, finishes or sets aside a staging file whose writer is gone, under the lease
 * of its target.
 */
final class OrphanRecovery implements OrphanSweep.Disposal {

	private final Sidecars sidecars;

	private final Manifests manifests;

	private final Remover remover;

	private final RecoveryOptions options;

	private final RecoverySteps steps;

	OrphanRecovery(Sidecars sidecars, Manifests manifests, Remover remover, RecoveryOptions options,
			RecoverySteps steps) {
		this.sidecars = sidecars;
		this.manifests = manifests;
		this.remover = remover;
		this.options = options;
		this.steps = steps;
	}

	@Override
	public void dispose(SweptDirectory directory, String name, Artifact artifact, FileStat stat) throws IOException {
		Artifact of = ArtifactNames.parse(artifact.stem());
		boolean content = (of == null || isNamedLikeAManifest(directory, name, artifact)) && !artifact.shortened();
		String target = artifact.stem();
		// a dry run has finished it without creating it
		boolean missing = content && directory.directory().kind(target) == null
				&& !this.steps.has(directory.file(target));
		List<String> announcing = missing ? announcing(directory, target, name) : List.of();
		boolean complete = missing
				&& (!announcing.isEmpty() || this.sidecars.isAttestedByItself(directory.directory(), name));
		if (this.options.decision() == Decision.FINISH && complete) {
			finish(directory, name, target);
		}
		else if (this.options.decision() == Decision.SET_ASIDE
				|| (this.options.decision() == Decision.FINISH && missing)) {
			setAside(directory, name, complete ? "it is complete, and its target is missing" : "it may be incomplete");
		}
		else {
			discard(directory, name, stat, announcing);
		}
	}

	/** Whether it is to become a file of a user with such a name, and no manifest. */
	private boolean isNamedLikeAManifest(SweptDirectory directory, String name, Artifact artifact) throws IOException {
		return ArtifactNames.isManifest(artifact.stem()) && !this.manifests.isManifest(directory.directory(), name);
	}

	/** Returns the sidecar and the manifest that name exactly the content. */
	private List<String> announcing(SweptDirectory directory, String target, String name) throws IOException {
		Predicate<String> considered = (beside) -> !this.steps.has(directory.file(beside));
		return Stream
			.of(this.sidecars.announcing(directory.directory(), target, name, considered),
					this.manifests.announcing(directory.directory(), target, name, considered))
			.flatMap(Optional::stream)
			.toList();
	}

	private void finish(SweptDirectory directory, String name, String target) throws IOException {
		if (!this.options.dryRun()) {
			Directory open = directory.directory();
			try (FileHandle handle = open.openForSync(name)) {
				handle.sync();
			}
			// a link, so that a target created in the meantime is not replaced
			open.linkNew(name, open, target);
			// a crash must not delete the old name without the new one
			directory.sync();
			open.delete(name);
			directory.changed();
		}
		add(directory.file(target), Action.FINISHED,
				"its checksum shows that it is complete, and the target was missing");
	}

	/**
	 * Deletes sidecar and manifest first, durably. Without the staging file nothing shows
	 * that they belong to a write that never happened.
	 */
	private void discard(SweptDirectory directory, String name, FileStat stat, List<String> announcing)
			throws IOException {
		for (String sidecar : announcing) {
			if (this.remover.remove(directory, sidecar, ArtifactKind.SIDECAR, 0)) {
				add(directory.file(sidecar), Action.DISCARDED, "it belongs to a write that never completed");
				if (!this.options.dryRun()) {
					directory.sync();
				}
			}
		}
		if (this.remover.remove(directory, name, ArtifactKind.STAGING, stat.size())) {
			add(directory.file(name), Action.DISCARDED, "its writer ended before the write returned");
		}
	}

	private void setAside(SweptDirectory directory, String name, String why) throws IOException {
		String aside = ArtifactNames.aside(name);
		if (!this.options.dryRun()) {
			directory.directory().rename(name, directory.directory(), aside);
			directory.changed();
		}
		add(directory.file(aside), Action.SET_ASIDE, why);
	}

	private void add(Path file, Action action, String reason) {
		this.steps.add(file, action, reason);
	}

}
