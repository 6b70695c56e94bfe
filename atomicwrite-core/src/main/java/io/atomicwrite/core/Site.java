package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.lock.LockLeases;
import org.jspecify.annotations.Nullable;

/**
 * What an operation has once its target is resolved, granted, leased and looked at.
 *
 * @param operation the operation
 * @param options its options
 * @param grant what the directory promises
 * @param leases the leases of the target and of whatever else is changed
 * @param place the target under its lease
 * @param changed the directories that are to be synced
 */
record Site(Operation operation, WriteOptions options, Grant grant, LockLeases leases, Place place,
		ChangedDirectories changed) implements ChangeScope {

	Undo undo() {
		return this.operation.undo();
	}

	/** Returns the result of a change without content of its own. */
	WriteResult result(WriteOutcome outcome, long size, @Nullable Path backup) {
		return result(outcome, null, null, size, backup, MetadataReport.NEW_FILE);
	}

	/** Returns the result of a change whose content was digested. */
	WriteResult result(WriteOutcome outcome, ContentDigests digests, long size, @Nullable Path backup,
			MetadataReport metadata) {
		ChecksumPolicy policy = this.options.checksum();
		return result(outcome, digests.of(ChecksumAlgorithm.SHA_256),
				(policy.mode() != ChecksumPolicy.Mode.NONE) ? digests.of(policy.algorithm()) : null, size, backup,
				metadata);
	}

	private WriteResult result(WriteOutcome outcome, @Nullable Checksum version, @Nullable Checksum kept, long size,
			@Nullable Path backup, MetadataReport metadata) {
		return new WriteResult(this.place.path(), size, (version != null) ? version.hex() : null, kept, backup, outcome,
				this.grant.levels(), metadata, this.grant.warnings().texts(), this.operation.timings());
	}

	@Override
	public boolean isFenced() {
		return this.leases.isFenced();
	}

	@Override
	public void ensureHeldIfFenced() {
		this.leases.ensureHeldIfFenced();
	}

	@Override
	public void always(Step step) {
		undo().always(step);
	}

	@Override
	public void unlessCommitted(Step step) {
		undo().unlessCommitted(step);
	}

	@Override
	public void changed(Directory directory) throws IOException {
		this.changed.changed(directory);
	}

	@Override
	public void settle(StagingFile content) throws IOException {
		content.settle(this.changed.keepsOrder(content.directory()));
	}

	@Override
	public void sync() throws IOException {
		this.changed.sync();
	}

}
