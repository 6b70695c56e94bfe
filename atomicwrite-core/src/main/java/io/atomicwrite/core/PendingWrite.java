package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;

/**
 * The change of a write: a staging file that takes the content, and then takes the place
 * of the target.
 */
final class PendingWrite implements Change {

	private static final int OWNER_WRITES = 0600;

	private final Site site;

	private final StagingFile staging;

	private final ContentDigests digests;

	private final Companions companions;

	private final MetadataPreserver preserver;

	/** Whether the staging file itself shows that its writer lives. */
	private final boolean marked;

	private MetadataReport metadata = MetadataReport.NEW_FILE;

	private long size;

	PendingWrite(Site site, StagingFile staging, ContentDigests digests, Companions companions, boolean marked) {
		this.site = site;
		this.staging = staging;
		this.digests = digests;
		this.companions = companions;
		this.preserver = new MetadataPreserver(staging, site);
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
		this.staging.sync();
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
		String attribute = Sidecar.attribute(found.algorithm());
		byte[] value = found.hex().getBytes(StandardCharsets.US_ASCII);
		Directory directory = this.staging.directory();
		try {
			directory.setUserAttribute(this.staging.name(), attribute, value);
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) != IoErrorKind.ACCESS_DENIED) {
				throw ex;
			}
			// xattr(7): needs write permission; the final mode is set afterwards
			directory.setMode(this.staging.name(), OWNER_WRITES);
			directory.setUserAttribute(this.staging.name(), attribute, value);
		}
	}

	@Override
	public void commit() {
		Committer.commit(this.staging.directory(), this.staging.name(), target(), this.site.options().overwrite());
	}

	@Override
	public void dropOldName() {
		if (this.site.options().overwrite()) {
			return;
		}
		try {
			this.staging.directory().delete(this.staging.name());
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
		Checksum version = this.digests.of(ChecksumAlgorithm.SHA_256);
		ChecksumPolicy policy = this.site.options().checksum();
		Checksum kept = (policy.mode() != ChecksumPolicy.Mode.NONE) ? this.digests.of(policy.algorithm()) : null;
		return new WriteResult(target().path(), this.size, (version != null) ? version.hex() : null, kept,
				this.companions.backup().orElse(null), outcome, this.site.grant().levels(), this.metadata,
				this.site.grant().warnings().texts(), this.site.operation().timings());
	}

}
