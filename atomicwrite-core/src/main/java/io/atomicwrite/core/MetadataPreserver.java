package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.FileOps;
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

	private final FileOps files;

	MetadataPreserver(FileOps files) {
		this.files = files;
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

	MetadataReport apply(Path staging, Target target, WriteOptions options, Grant grant) throws IOException {
		FileStat existing = target.existing();
		Map<Kind, String> lost = new EnumMap<>(Kind.class);
		if (existing != null && existing.isRegular()) {
			// owner before mode: chown(2) clears setuid and setgid
			carryOwner(staging, existing, options.owner(), lost);
			carryAttributes(staging, target.path(), options.attributes(), grant, lost);
			if (existing.links() > 1) {
				lost.put(Kind.HARD_LINKS, (existing.links() - 1) + " other name(s) of the file keep the old content");
			}
		}
		setMode(staging, existing, options, grant, lost);
		if (existing == null) {
			return MetadataReport.NEW_FILE;
		}
		return new MetadataReport(lost, Set.of(Kind.ACL, Kind.SECURITY_LABEL));
	}

	private void carryOwner(Path staging, FileStat existing, MetadataPolicy policy, Map<Kind, String> lost)
			throws IOException {
		if (policy == MetadataPolicy.IGNORE || existing.uid() < 0) {
			return;
		}
		FileStat now = this.files.stat(staging);
		if (now != null && now.uid() == existing.uid() && now.gid() == existing.gid()) {
			return;
		}
		try {
			this.files.setOwner(staging, existing.uid(), existing.gid());
		}
		catch (IOException ex) {
			if (policy == MetadataPolicy.REQUIRE) {
				throw ex;
			}
			lost.put(Kind.OWNER, "owner " + existing.uid() + ":" + existing.gid() + ": " + IoErrors.text(ex));
		}
	}

	private void carryAttributes(Path staging, Path target, MetadataPolicy policy, Grant grant, Map<Kind, String> lost)
			throws IOException {
		if (policy == MetadataPolicy.IGNORE || !grant.keepsUserAttributes()) {
			return;
		}
		String current = "they can't be read";
		try {
			for (Map.Entry<String, byte[]> attribute : this.files.userAttributes(target).entrySet()) {
				current = "user." + attribute.getKey();
				if (attribute.getKey().startsWith(Sidecar.ATTRIBUTE_PREFIX)) {
					// says what was true of the old content
					continue;
				}
				this.files.setUserAttribute(staging, attribute.getKey(), attribute.getValue());
			}
		}
		catch (IOException ex) {
			if (policy == MetadataPolicy.REQUIRE) {
				throw ex;
			}
			lost.put(Kind.USER_ATTRIBUTES, current + ": " + IoErrors.text(ex));
		}
	}

	private void setMode(Path staging, @Nullable FileStat existing, WriteOptions options, Grant grant,
			Map<Kind, String> lost) throws IOException {
		boolean exact = options.mode().exact().isPresent();
		int wanted;
		if (exact) {
			wanted = options.mode().exact().getAsInt();
		}
		else if (existing != null && options.mode().preserves() && isFileWithMode(existing)) {
			wanted = withoutForeignSetIds(staging, existing, lost);
		}
		else {
			return;
		}
		if (grant.keepsMode()) {
			this.files.setMode(staging, wanted);
			if (!grant.modeToBeVerified() || hasMode(staging, wanted)) {
				return;
			}
		}
		String why = "mode " + String.format(Locale.ROOT, "%04o", wanted) + " is not kept by "
				+ grant.report().filesystem().type();
		if (exact) {
			throw new WriteFailedException(staging, WritePhase.METADATA, WriteOutcome.NOT_COMMITTED,
					why + "; nothing was written, choose another directory or no explicit mode", null);
		}
		lost.put(Kind.MODE, why);
	}

	private boolean hasMode(Path staging, int wanted) throws IOException {
		FileStat stat = this.files.stat(staging);
		return stat != null && stat.mode() == wanted;
	}

	/** A program must not start to run as another user because another user wrote it. */
	private int withoutForeignSetIds(Path staging, FileStat existing, Map<Kind, String> lost) throws IOException {
		int mode = existing.mode();
		if ((mode & (SET_UID | SET_GID)) == 0) {
			return mode;
		}
		FileStat now = this.files.stat(staging);
		int dropped = 0;
		if (now == null || now.uid() != existing.uid()) {
			dropped |= mode & SET_UID;
		}
		if (now == null || now.gid() != existing.gid()) {
			dropped |= mode & SET_GID;
		}
		if (dropped != 0) {
			lost.put(Kind.MODE, "setuid or setgid is dropped with the owner it was meant for");
		}
		return mode & ~dropped;
	}

}
