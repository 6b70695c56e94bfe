package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;
import org.jspecify.annotations.Nullable;

/**
 * Discards, finishes or sets aside a staging file whose writer is gone, under the lease
 * of its target.
 */
final class OrphanRecovery implements OrphanSweep.Disposal {

	private final FileOps files;

	private final ContentReader reader;

	private final Remover remover;

	private final RecoveryOptions options;

	private final List<Step> steps;

	OrphanRecovery(FileOps files, Remover remover, RecoveryOptions options, List<Step> steps) {
		this.files = files;
		this.reader = new ContentReader(files);
		this.remover = remover;
		this.options = options;
		this.steps = steps;
	}

	@Override
	public void dispose(SweptDirectory directory, Path file, Artifact artifact, FileStat stat) throws IOException {
		Artifact of = ArtifactNames.parse(artifact.stem());
		boolean content = of == null && !artifact.shortened();
		Path target = directory.file(artifact.stem());
		boolean missing = content && this.files.kind(target) == null;
		Path sidecar = missing ? announcing(directory, artifact.stem(), file) : null;
		boolean complete = missing && (sidecar != null || attestsItself(file));
		if (this.options.decision() == Decision.FINISH && complete) {
			finish(directory, file, target);
		}
		else if (this.options.decision() == Decision.SET_ASIDE
				|| (this.options.decision() == Decision.FINISH && missing)) {
			setAside(directory, file, complete ? "it is complete, and its target is missing" : "it may be incomplete");
		}
		else {
			discard(directory, file, stat, sidecar);
		}
	}

	/**
	 * Returns the target's sidecar that records exactly this content, or {@code null} if
	 * there is none.
	 */
	private @Nullable Path announcing(SweptDirectory directory, String name, Path staging) throws IOException {
		int limit = NameLimit.of(this.files, directory.path(), name);
		for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.usual()) {
			Path path = directory.file(ArtifactNames.sidecar(name, algorithm.suffix(), limit));
			Sidecar sidecar = parse(path, algorithm, name);
			if (sidecar != null && sidecar.current().equals(this.reader.checksum(staging, algorithm))) {
				return path;
			}
		}
		return null;
	}

	private @Nullable Sidecar parse(Path path, ChecksumAlgorithm algorithm, String name) throws IOException {
		try {
			return Sidecar.parse(this.reader.sidecar(path), algorithm, name);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private boolean attestsItself(Path staging) throws IOException {
		Checksum said = Sidecar.parseAttributes(this.files.userAttributes(staging));
		return said != null && said.equals(this.reader.checksum(staging, said.algorithm()));
	}

	private void finish(SweptDirectory directory, Path file, Path target) throws IOException {
		if (!this.options.dryRun()) {
			try (FileHandle handle = this.files.openForSync(file)) {
				handle.sync();
			}
			// a link, so that a target created in the meantime is not replaced
			this.files.linkNew(file, target);
			// a crash must not delete the old name without the new one
			directory.sync(this.files);
			this.files.delete(file);
			directory.changed();
		}
		add(target, Action.FINISHED, "its checksum shows that it is complete, and the target was missing");
	}

	/**
	 * Deletes the sidecar first, durably. Without the staging file nothing shows that the
	 * sidecar belongs to a write that never happened.
	 */
	private void discard(SweptDirectory directory, Path file, FileStat stat, @Nullable Path sidecar)
			throws IOException {
		if (sidecar != null && this.remover.remove(directory, sidecar, ArtifactKind.SIDECAR, 0)) {
			add(sidecar, Action.DISCARDED, "it belongs to a write that never completed");
			if (!this.options.dryRun()) {
				directory.sync(this.files);
			}
		}
		if (this.remover.remove(directory, file, ArtifactKind.STAGING, stat.size())) {
			add(file, Action.DISCARDED, "its writer ended before the write returned");
		}
	}

	private void setAside(SweptDirectory directory, Path file, String why) throws IOException {
		Path aside = file.resolveSibling(ArtifactNames.aside(file.getFileName().toString()));
		if (!this.options.dryRun()) {
			this.files.rename(file, aside);
			directory.changed();
		}
		add(aside, Action.SET_ASIDE, why);
	}

	private void add(Path file, Action action, String reason) {
		this.steps.add(new Step(file, action, reason));
	}

}
