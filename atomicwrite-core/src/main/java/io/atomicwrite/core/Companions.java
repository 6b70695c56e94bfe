package io.atomicwrite.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Phase 8: the backup of the old content, then the sidecars of the new, each durable
 * before the commit. {@code docs/concepts/integrity.md} tells why in this order.
 */
final class Companions {

	private static final int OWNER_WRITES = 0600;

	private static final int READABLE = 0666;

	private final FileOps files;

	private final Target target;

	private final ChecksumPolicy checksum;

	private final BackupPolicy backups;

	private final BackupStep backupStep;

	private final SidecarStore store;

	private final SidecarTransition sidecars;

	private final int sidecarMode;

	private @Nullable Path backup;

	Companions(FileOps files, LongSupplier tokens, InstantSource clock, Target target, WriteOptions options) {
		this.files = files;
		this.target = target;
		this.checksum = options.checksum();
		this.backups = options.backup();
		this.backupStep = new BackupStep(files, tokens, clock, options, target);
		this.store = new SidecarStore(files);
		this.sidecars = new SidecarTransition(this.store, tokens, target.path());
		this.sidecarMode = MetadataPreserver.createMode(target.existing(), options) & READABLE;
	}

	/** Finds out which digests the content needs, before there is any. */
	void prepare(ContentDigests digests) throws IOException {
		this.sidecars.prepare(this.checksum);
		this.sidecars.require(digests);
		if (this.checksum.mode() == ChecksumPolicy.Mode.ATTRIBUTE) {
			digests.require(this.checksum.algorithm());
		}
	}

	/** Finds out which sidecars a file needs that comes here from another name. */
	Set<ChecksumAlgorithm> prepareMove(CarriedSidecars carried) throws IOException {
		this.sidecars.prepare(this.checksum);
		this.sidecars.require(carried.algorithms());
		return this.sidecars.algorithms();
	}

	/** Puts the checksum into an attribute of the staging file. */
	void attach(Path staging, SidecarTransition.Checksums checksums) throws IOException {
		if (this.checksum.mode() != ChecksumPolicy.Mode.ATTRIBUTE) {
			return;
		}
		Checksum found = Objects.requireNonNull(checksums.of(this.checksum.algorithm()));
		String name = Sidecar.attribute(found.algorithm());
		byte[] value = found.hex().getBytes(StandardCharsets.US_ASCII);
		try {
			this.files.setUserAttribute(staging, name, value);
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) != IoErrors.Kind.ACCESS_DENIED) {
				throw ex;
			}
			// xattr(7): needs write permission; the final mode is set afterwards
			this.files.setMode(staging, OWNER_WRITES);
			this.files.setUserAttribute(staging, name, value);
		}
	}

	/** Makes backup and sidecars, and syncs the directory if anything was made. */
	void write(SidecarTransition.Checksums checksums, @Nullable DirectoryHandle directory) throws IOException {
		FileStat existing = this.target.existing();
		if (existing != null && existing.isRegular() && isNeeded()) {
			CarriedSidecars old = new CarriedSidecars(this.files, this.store, this.target.path(),
					this.checksum.algorithm());
			old.read(this.sidecars.algorithms());
			this.sidecars.replacing(old);
			backUp(existing, old);
		}
		this.sidecars.replace(checksums, this.sidecarMode);
		if ((this.backup != null || !this.sidecars.isEmpty()) && directory != null) {
			directory.sync();
		}
	}

	private void backUp(FileStat existing, CarriedSidecars old) throws IOException {
		if (!this.backups.enabled()) {
			return;
		}
		this.backup = this.backupStep.make(existing, old);
		if (this.backup != null && !Objects.equals(this.backup.getParent(), this.target.directory())) {
			this.backupStep.sync(this.backup.getParent());
		}
	}

	/** Whether anything has to be made. */
	boolean isNeeded() {
		FileStat existing = this.target.existing();
		return !this.sidecars.isEmpty() || (this.backups.enabled() && existing != null && existing.isRegular());
	}

	@Nullable Path backup() {
		return this.backup;
	}

	/** What the new file's sidecar or attribute says, for the result. */
	@Nullable Checksum result(SidecarTransition.Checksums checksums) {
		return (this.checksum.mode() == ChecksumPolicy.Mode.NONE) ? null : checksums.of(this.checksum.algorithm());
	}

	/** Takes back what only the commit would have made true. */
	void undo() {
		this.sidecars.undo(this.sidecarMode);
		this.backupStep.undo();
	}

	/**
	 * Deletes generations beyond those that are kept: after the commit, so that none is
	 * missed.
	 */
	void prune(Warnings warnings) {
		if (this.backup == null) {
			return;
		}
		try {
			this.backupStep.prune();
		}
		catch (IOException ex) {
			warnings.add("an old backup could not be deleted: " + IoErrors.text(ex));
		}
	}

}
