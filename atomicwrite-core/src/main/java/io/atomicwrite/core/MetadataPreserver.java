package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.core.NewFileRights.Given;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Phase 6: gives the staging file owner, attributes and mode before it is synced. Times
 * are never carried over: what watches a file must see that it changed.
 */
final class MetadataPreserver {

	private static final int ALL_BITS = 07777;

	private static final int PERMISSIONS = 0777;

	private static final int OTHERS = 077;

	private static final int OWNER_WRITES = 0600;

	private static final int OWNER_READS = 0400;

	private static final int OTHERS_READ = 044;

	private final StagingFile staging;

	private final Directory directory;

	private final Place target;

	/** The file whose rights the new one gets: the target, or the backup of a restore. */
	private final Place model;

	private final NewFileRights rights;

	private final WriteOptions options;

	private final Grant grant;

	private final Losses losses = new Losses();

	/** Whether the new file has nothing that the next one is to get. */
	private boolean bare = true;

	/** What the new file has, once that is known. */
	private @Nullable Made made;

	MetadataPreserver(StagingFile staging, Site site, Place model) {
		this.staging = staging;
		this.directory = staging.directory();
		this.target = site.place();
		this.model = model;
		this.options = site.options();
		this.rights = NewFileRights.of(model, this.options);
		this.grant = site.grant();
	}

	MetadataReport apply() throws IOException {
		FileStat existing = this.model.existing();
		FileStat old = (existing != null && existing.isRegular()) ? existing : null;
		if (old == null && this.options.mode().exact().isEmpty()) {
			return this.losses.report();
		}
		FileTraits traits = (old != null) ? look(old) : FileTraits.NONE;
		FileStat now = this.rights.giveOwner(this.directory, this.staging.name(), this.losses);
		carryUserAttributes();
		Map<FileTrait, String> kept = new EnumMap<>(FileTrait.class);
		if (old != null) {
			compare(traits, now.uid() == old.uid(), kept);
		}
		if (!this.rights.setMode()) {
			reportUmask(traits);
		}
		else if (this.grant.keepsMode()) {
			Given given = this.rights.giveMode(this.directory, this.staging.name(), now, traits, mask(), this.losses);
			requireKept(given.mode());
			warnOfLockedOut(existing, now, given.mode());
			if (given.list()) {
				kept.put(FileTrait.ACCESS_LIST, "carried");
			}
			this.made = new Made(now, new FileTraits(kept, Set.of()));
		}
		else {
			modeNotKept(this.options.mode().exact().orElseGet(() -> (existing != null) ? existing.mode() : 0));
		}
		return this.losses.report();
	}

	private FileTraits look(FileStat existing) throws IOException {
		if (this.target.existing() != null && this.target.existing().links() > 1) {
			this.losses.add(Kind.HARD_LINKS,
					(this.target.existing().links() - 1) + " other name(s) of the file keep the old content");
		}
		if (!this.grant.keepsMode() || existing.mode() < 0) {
			return FileTraits.NONE;
		}
		Set<FileTrait> wanted = EnumSet.noneOf(FileTrait.class);
		if (this.options.reportLosses()) {
			wanted = EnumSet.allOf(FileTrait.class);
		}
		else if ((existing.mode() & OTHERS) != 0) {
			wanted = EnumSet.of(FileTrait.ACCESS_LIST);
		}
		this.losses.unknown(EnumSet.complementOf(EnumSet.copyOf(wanted)));
		FileTraits found = wanted.isEmpty() ? FileTraits.NONE
				: this.model.directory().traits(this.model.name(), existing, wanted);
		this.losses.unknown(found);
		if (found.unknown().contains(FileTrait.ACCESS_LIST) && this.options.attributes() == MetadataPolicy.REQUIRE) {
			throw new IOException("whether the file has an access control list can't be found out here");
		}
		return found;
	}

	/** Carries what has a call of the system, and reports the rest. */
	private void compare(FileTraits old, boolean sameOwner, Map<FileTrait, String> kept) throws IOException {
		for (Map.Entry<FileTrait, String> entry : old.present().entrySet()) {
			FileTrait trait = entry.getKey();
			if (trait == FileTrait.ACCESS_LIST) {
				// goes with the mode
				continue;
			}
			String what = entry.getValue();
			if (trait == FileTrait.HOLES) {
				this.losses.add(Kind.SPARSE_REGIONS, what);
			}
			else if (trait != FileTrait.CAPABILITIES && what.equals(ofNewFile(trait))) {
				kept.put(trait, what);
			}
			else if (carry(trait, what, sameOwner)) {
				kept.put(trait, what);
			}
		}
	}

	private @Nullable String ofNewFile(FileTrait trait) throws IOException {
		FileStat now = this.directory.stat(this.staging.name());
		return (now != null) ? this.directory.traits(this.staging.name(), now, EnumSet.of(trait)).present().get(trait)
				: null;
	}

	private boolean carry(FileTrait trait, String what, boolean sameOwner) throws IOException {
		MetadataPolicy policy = this.options.attributes();
		try {
			if (trait == FileTrait.FLAGS) {
				this.losses.add(Kind.INODE_FLAGS, "flags " + what + " of lsattr");
				return false;
			}
			if (policy == MetadataPolicy.IGNORE) {
				throw new IOException("attributes are not to be carried over");
			}
			if (trait == FileTrait.CAPABILITIES && !sameOwner) {
				throw new IOException("they were meant for a program of the old owner");
			}
			this.model.directory().carry(trait, this.model.name(), this.directory, this.staging.name());
			return true;
		}
		catch (IOException ex) {
			this.losses.add(Losses.kind(trait), what, ex, policy);
			return false;
		}
	}

	private void carryUserAttributes() throws IOException {
		MetadataPolicy policy = this.options.attributes();
		FileStat existing = this.target.existing();
		if (policy == MetadataPolicy.IGNORE || !this.grant.keepsUserAttributes() || existing == null
				|| !existing.isRegular() || this.directory.isKnownBare(this.target.name(), existing)) {
			return;
		}
		String current = "they can't be read";
		try {
			for (Map.Entry<String, byte[]> attribute : this.directory.userAttributes(this.target.name()).entrySet()) {
				current = "user." + attribute.getKey();
				if (attribute.getKey().startsWith(ChecksumAlgorithm.ATTRIBUTE_PREFIX)) {
					// says what was true of the old content
					continue;
				}
				this.bare = false;
				setUserAttribute(attribute.getKey(), attribute.getValue());
			}
		}
		catch (IOException ex) {
			this.losses.add(Kind.USER_ATTRIBUTES, current, ex, policy);
		}
	}

	/** Sets an attribute also where the file is to be read-only for its owner. */
	void setUserAttribute(String attribute, byte[] value) throws IOException {
		try {
			this.directory.setUserAttribute(this.staging.name(), attribute, value);
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) != IoErrorKind.ACCESS_DENIED) {
				throw ex;
			}
			// xattr(7): needs write permission; the final mode is set afterwards
			this.directory.setMode(this.staging.name(), OWNER_WRITES);
			this.directory.setUserAttribute(this.staging.name(), attribute, value);
		}
	}

	private void warnOfLockedOut(@Nullable FileStat existing, FileStat now, int mode) {
		if (existing != null && existing.uid() != now.uid() && (existing.mode() & OWNER_READS) != 0
				&& (mode & OTHERS_READ) == 0) {
			this.grant.warnings()
				.add("belongs to user " + Integer.toUnsignedString(now.uid()) + " now, and its old owner, user "
						+ Integer.toUnsignedString(existing.uid()) + ", can't read it any more");
		}
	}

	private void reportUmask(FileTraits old) throws IOException {
		if (old.has(FileTrait.ACCESS_LIST)) {
			this.losses.add(Kind.ACL, "access control list",
					new IOException("the mode is to be the one that the umask leaves"), this.options.attributes());
		}
	}

	private void requireKept(int mode) throws IOException {
		if (this.grant.modeToBeVerified()) {
			FileStat stat = this.directory.stat(this.staging.name());
			if (stat == null) {
				throw new NoSuchFileException(this.staging.path().toString());
			}
			if (stat.mode() != mode) {
				modeNotKept(mode);
			}
		}
	}

	private void modeNotKept(int mode) {
		String text = "mode " + String.format(Locale.ROOT, "%04o", mode) + " is not kept by "
				+ this.grant.report().filesystem().type();
		if (this.options.mode().exact().isPresent()) {
			throw new WriteFailedException(this.staging.path(), WritePhase.METADATA, WriteOutcome.NOT_COMMITTED,
					Problem.of(text, Remedy.DO_WITHOUT_METADATA), null);
		}
		this.losses.add(Kind.MODE, text);
	}

	/** A backup belongs to whoever made it, whom setuid bits were not meant for. */
	private int mask() {
		return (this.model == this.target) ? ALL_BITS : PERMISSIONS;
	}

	/** Returns the status of the new file before its commit, if it was looked at. */
	Optional<FileStat> created() {
		return Optional.ofNullable(this.made).map(Made::stat);
	}

	/** Notes what the target has now, so that the next write need not look. */
	void committed() {
		if (this.made != null) {
			this.directory.noteCreated(this.target.name(), this.made.stat, this.made.traits, this.bare);
		}
	}

	/**
	 * What was made.
	 *
	 * @param stat the status of the staging file
	 * @param traits what it has
	 */
	private record Made(FileStat stat, FileTraits traits) {
	}

}
