package io.atomicwrite.core;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Phase 6: gives the staging file owner, attributes and mode before it is synced. Times
 * are never carried over: what watches a file must see that it changed.
 */
final class MetadataPreserver {

	private static final int NEW_FILE = 0666;

	private static final int OWNER_ONLY = 0600;

	private static final int PERMISSIONS = 0777;

	private static final int SET_UID = 04000;

	private static final int SET_GID = 02000;

	private final StagingFile staging;

	private final Directory directory;

	private final Place target;

	private final WriteOptions options;

	private final Grant grant;

	private final Map<Kind, String> lost = new EnumMap<>(Kind.class);

	MetadataPreserver(StagingFile staging, Site site) {
		this.staging = staging;
		this.directory = staging.directory();
		this.target = site.place();
		this.options = site.options();
		this.grant = site.grant();
	}

	/**
	 * The mode to create the staging file with: nobody may do more than with the final
	 * file.
	 */
	static int createMode(@Nullable FileStat existing, WriteOptions options) {
		int mode;
		if (options.mode().exact().isPresent()) {
			mode = options.mode().exact().getAsInt() & PERMISSIONS;
		}
		else if (existing != null && options.mode().preserves() && isFileWithMode(existing)) {
			mode = existing.mode() & PERMISSIONS;
		}
		else {
			return NEW_FILE;
		}
		// with another owner to come, these bits are not yet for whom they are meant
		return (existing != null && options.owner() != MetadataPolicy.IGNORE) ? mode & OWNER_ONLY : mode;
	}

	private static boolean isFileWithMode(FileStat existing) {
		return existing.isRegular() && existing.mode() >= 0;
	}

	MetadataReport apply() throws IOException {
		FileStat existing = this.target.existing();
		if (existing != null && existing.isRegular()) {
			// owner before mode: chown(2) clears setuid and setgid
			carryOwner(existing, this.options.owner());
			carryAttributes(this.options.attributes());
			if (existing.links() > 1) {
				this.lost.put(Kind.HARD_LINKS,
						(existing.links() - 1) + " other name(s) of the file keep the old content");
			}
		}
		setMode(existing);
		if (existing == null) {
			return MetadataReport.NEW_FILE;
		}
		return new MetadataReport(this.lost, Set.of(Kind.ACL, Kind.SECURITY_LABEL));
	}

	private void carryOwner(FileStat existing, MetadataPolicy policy) throws IOException {
		if (policy == MetadataPolicy.IGNORE || existing.uid() < 0) {
			return;
		}
		FileStat now = this.directory.stat(this.staging.name());
		if (now != null && now.uid() == existing.uid() && now.gid() == existing.gid()) {
			return;
		}
		try {
			this.directory.setOwner(this.staging.name(), existing.uid(), existing.gid());
		}
		catch (IOException ex) {
			if (policy == MetadataPolicy.REQUIRE) {
				throw ex;
			}
			this.lost.put(Kind.OWNER, "owner " + existing.uid() + ":" + existing.gid() + ": " + IoErrors.text(ex));
		}
	}

	private void carryAttributes(MetadataPolicy policy) throws IOException {
		if (policy == MetadataPolicy.IGNORE || !this.grant.keepsUserAttributes()) {
			return;
		}
		String current = "they can't be read";
		try {
			for (Map.Entry<String, byte[]> attribute : this.directory.userAttributes(this.target.name()).entrySet()) {
				current = "user." + attribute.getKey();
				if (attribute.getKey().startsWith(Sidecar.ATTRIBUTE_PREFIX)) {
					// says what was true of the old content
					continue;
				}
				this.directory.setUserAttribute(this.staging.name(), attribute.getKey(), attribute.getValue());
			}
		}
		catch (IOException ex) {
			if (policy == MetadataPolicy.REQUIRE) {
				throw ex;
			}
			this.lost.put(Kind.USER_ATTRIBUTES, current + ": " + IoErrors.text(ex));
		}
	}

	private void setMode(@Nullable FileStat existing) throws IOException {
		boolean exact = this.options.mode().exact().isPresent();
		int wanted;
		if (exact) {
			wanted = this.options.mode().exact().getAsInt();
		}
		else if (existing != null && this.options.mode().preserves() && isFileWithMode(existing)) {
			wanted = withoutForeignSetIds(existing);
		}
		else {
			return;
		}
		if (this.grant.keepsMode()) {
			this.directory.setMode(this.staging.name(), wanted);
			if (!this.grant.modeToBeVerified() || hasMode(wanted)) {
				return;
			}
		}
		String why = "mode " + String.format(Locale.ROOT, "%04o", wanted) + " is not kept by "
				+ this.grant.report().filesystem().type();
		if (exact) {
			throw new WriteFailedException(this.staging.path(), WritePhase.METADATA, WriteOutcome.NOT_COMMITTED,
					Problem.of(why, Remedy.DO_WITHOUT_METADATA), null);
		}
		this.lost.put(Kind.MODE, why);
	}

	private boolean hasMode(int wanted) throws IOException {
		FileStat stat = this.directory.stat(this.staging.name());
		return stat != null && stat.mode() == wanted;
	}

	/** A program must not start to run as another user because another user wrote it. */
	private int withoutForeignSetIds(FileStat existing) throws IOException {
		int mode = existing.mode();
		if ((mode & (SET_UID | SET_GID)) == 0) {
			return mode;
		}
		FileStat now = this.directory.stat(this.staging.name());
		int dropped = 0;
		if (now == null || now.uid() != existing.uid()) {
			dropped |= mode & SET_UID;
		}
		if (now == null || now.gid() != existing.gid()) {
			dropped |= mode & SET_GID;
		}
		if (dropped != 0) {
			this.lost.put(Kind.MODE, "setuid or setgid is dropped with the owner it was meant for");
		}
		return mode & ~dropped;
	}

}
