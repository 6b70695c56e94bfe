package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.RecoveryReport.Step;
import org.jspecify.annotations.Nullable;

/**
 * Settles the sidecars of interrupted writes, so that they record the existing content,
 * and reports sidecars that match no content.
 */
final class SidecarSettlement {

	private static final WriteOptions REPLACE = WriteOptions.engineDefaults()
		.toBuilder()
		.lock(LockRequest.none())
		.safety(SafetyPolicy.BEST_EFFORT)
		.build();

	private final FileOps files;

	private final ContentReader reader;

	private final LockRegistry locks;

	private final AtomicFileTemplate template;

	private final RecoveryOptions options;

	private final Remover remover;

	private final SweepTally tally;

	private final List<Step> steps;

	SidecarSettlement(FileOps files, LockRegistry locks, AtomicFileTemplate template, RecoveryOptions options,
			Remover remover, SweepTally tally, List<Step> steps) {
		this.files = files;
		this.reader = new ContentReader(files);
		this.locks = locks;
		this.template = template;
		this.options = options;
		this.remover = remover;
		this.tally = tally;
		this.steps = steps;
	}

	void settle(SweptDirectory directory, String name) {
		Path sidecar = directory.file(name);
		Artifact artifact = Objects.requireNonNull(ArtifactNames.parse(name));
		Path file = directory.file(artifact.stem());
		Artifact of = ArtifactNames.parse(artifact.stem(), this.options.backupSuffix());
		Path backedUp = (of != null && of.kind() == ArtifactKind.BACKUP && !of.shortened()) ? directory.file(of.stem())
				: null;
		try {
			if (artifact.shortened() || this.files.kind(sidecar) != FileStat.Kind.REGULAR) {
				return;
			}
			if (this.options.dryRun()) {
				compare(directory, sidecar, file, backedUp);
				return;
			}
			// a backup and its sidecar are made under the lease of the backed-up target
			try (LockLeases leases = this.locks.acquireResolved(
					(backedUp != null) ? List.of(file, backedUp) : List.of(file), LockRequest.failFast())) {
				compare(directory, sidecar, file, backedUp);
			}
		}
		catch (AtomicWriteException ex) {
			// its writer is active and will update the sidecar
		}
		catch (NoSuchFileException ex) {
			// deleted in the meantime
		}
		catch (IOException ex) {
			this.tally.failed(sidecar, ex);
		}
	}

	private void compare(SweptDirectory directory, Path sidecar, Path target, @Nullable Path backedUp)
			throws IOException {
		String name = target.getFileName().toString();
		String suffix = sidecar.getFileName().toString().substring(name.length() + 1);
		String text = this.reader.sidecar(sidecar);
		Sidecar parsed = Sidecar.parse(text, ChecksumAlgorithm.of(suffix), name);
		if (parsed == null || !Sidecar.isOfOneFile(text)) {
			return;
		}
		if (this.files.kind(target) == null) {
			withoutFile(directory, sidecar, parsed, backedUp);
			return;
		}
		Checksum found = this.reader.checksum(target, parsed.current().algorithm());
		if (found.equals(parsed.current())) {
			return;
		}
		if (found.equals(parsed.previous())) {
			replace(sidecar, new Sidecar(name, found, null).format());
			add(sidecar, Action.SETTLED, "the write that it belongs to did not happen");
		}
		else {
			add(target, Action.DOUBTFUL, "its content does not match its sidecar: changed or damaged");
		}
	}

	/**
	 * Handles a sidecar without its file. A missing backup is no loss if the target still
	 * has the content that was to be backed up.
	 */
	private void withoutFile(SweptDirectory directory, Path sidecar, Sidecar parsed, @Nullable Path backedUp)
			throws IOException {
		FileStat stat = this.files.stat(sidecar);
		if (backedUp != null && stat != null && this.files.kind(backedUp) == FileStat.Kind.REGULAR
				&& this.reader.checksum(backedUp, parsed.current().algorithm()).equals(parsed.current())) {
			if (this.remover.remove(directory, sidecar, ArtifactKind.SIDECAR, stat.size())) {
				add(sidecar, Action.DISCARDED, "it belongs to a backup that was never made");
			}
		}
		else {
			add(sidecar, Action.DOUBTFUL, "its file does not exist");
		}
	}

	private void replace(Path sidecar, String text) {
		if (!this.options.dryRun()) {
			this.template.writeString(sidecar, text, REPLACE);
		}
	}

	private void add(Path file, Action action, String reason) {
		this.steps.add(new Step(file, action, reason));
	}

}
