package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;

/**
 * The change of a write: a staging file that takes the content, and then takes the place
 * of the target.
 */
final class PendingWrite implements Change {

	private final Site site;

	private final StagingFile staging;

	private final ContentDigests digests;

	private final Companions companions;

	private final MetadataPreserver preserver;

	/** Whether the staging file itself shows that its writer lives. */
	private final boolean marked;

	private MetadataReport metadata = MetadataReport.NEW_FILE;

	private long size;

	private Fence fence = Fence.none();

	private ChangeScope.Step confirmation = () -> {
	};

	PendingWrite(Site site, StagingFile staging, ContentDigests digests, Companions companions, Place model,
			boolean marked) {
		this.site = site;
		this.staging = staging;
		this.digests = digests;
		this.companions = companions;
		this.preserver = new MetadataPreserver(staging, site, model);
		this.marked = marked;
		if (marked) {
			staging.markAlive();
		}
	}

	@Override
	public Site site() {
		return this.site;
	}

	@Override
	public Companions companions() {
		return this.companions;
	}

	/** Returns what is replaced. */
	Place target() {
		return this.site.place();
	}

	/** Returns the status of the new file before its commit, if it was looked at. */
	Optional<FileStat> created() {
		return this.preserver.created();
	}

	void write(ByteBuffer bytes) throws IOException {
		this.site.operation().requireOpen();
		this.digests.update(bytes);
		int length = bytes.remaining();
		this.staging.write(bytes);
		this.size += length;
	}

	RuntimeException fail(Throwable failure) {
		return this.site.operation().fail(failure);
	}

	boolean discard() {
		return this.site.operation().discard();
	}

	boolean hasEnded() {
		return this.site.operation().hasEnded();
	}

	void discardLeaked() {
		this.site.operation().discardLeaked();
	}

	@Override
	public void prepare() throws IOException {
		this.site.operation().enter(WritePhase.METADATA);
		this.digests.finish();
		attach();
		this.metadata = this.preserver.apply();
		this.site.operation().enter(WritePhase.SYNC);
	}

	@Override
	public void sync() throws IOException {
		this.site.operation().enter(WritePhase.SYNC);
		syncContent();
		synced();
	}

	/** Waits for the disk to have the content; any thread may do that. */
	void syncContent() throws IOException {
		this.staging.settle(this.site.changed().keepsOrder(this.staging.directory()));
	}

	/** The content is on the disk: ends phase 7. */
	void synced() throws IOException {
		if (this.site.options().verify()) {
			ReadBack.require(this.site, this.staging, this.digests);
		}
		// its lock shows that the writer lives, until it has the target's name
		if (!this.marked && this.site.grant().directorySyncTrusted()) {
			this.staging.close();
		}
	}

	/** Puts the checksum into an attribute of the staging file, if it is to be there. */
	private void attach() throws IOException {
		ChecksumPolicy policy = this.site.options().checksum();
		if (policy.mode() != ChecksumPolicy.Mode.ATTRIBUTE) {
			return;
		}
		Checksum found = Objects.requireNonNull(this.digests.of(policy.algorithm()));
		String attribute = found.algorithm().attribute();
		byte[] value = found.hex().getBytes(StandardCharsets.US_ASCII);
		this.preserver.setUserAttribute(attribute, value);
	}

	/** Sets what looks at the target once more, right before the commit. */
	void confirmBy(ChangeScope.Step look) {
		this.confirmation = look;
	}

	@Override
	public void fence() throws IOException {
		this.fence = Fence.of(this.site, this.staging.directory(), this.staging.name());
	}

	@Override
	public void confirm() throws IOException {
		this.confirmation.run();
	}

	@Override
	public void commit() {
		Committer.commit(this.staging.directory(), this.staging.name(), target(), this.site.options().overwrite(),
				this.fence);
		this.preserver.committed();
		created().ifPresent(this.companions::committed);
	}

	@Override
	public void dropOldName() {
		if (this.site.options().overwrite()) {
			return;
		}
		try {
			this.staging.directory().delete(this.staging.name());
		}
		catch (NoSuchFileException ex) {
			// the next holder of the lock was faster
		}
		catch (IOException ex) {
			this.site.grant()
				.warnings()
				.add("the staging file " + this.staging.name() + " could not be deleted and is left to housekeeping: "
						+ IoErrors.text(ex));
		}
	}

	@Override
	public void settle() throws IOException {
		// where the sync of a directory may be a no-op, that of the file may do it
		if (!this.site.grant().directorySyncTrusted()) {
			this.staging.sync();
		}
		this.staging.close();
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, this.digests, this.size, this.companions.backup().orElse(null), this.metadata);
	}

}
