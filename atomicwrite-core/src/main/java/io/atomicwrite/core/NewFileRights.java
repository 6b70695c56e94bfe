package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Who may access a new file. Mode bits mean something only with the owner, the group and
 * the access list that they were given to, so a file gets all of them from its model, or
 * fewer bits: nobody may do more with it than with the model.
 */
final class NewFileRights implements FileRights {

	private static final Set<FileTrait> LIST = EnumSet.of(FileTrait.ACCESS_LIST);

	private static final int NEW_FILE = 0666;

	private static final int OWNER_ONLY = 0600;

	private static final int OTHERS = 077;

	private static final int GROUP = 070;

	private static final int OWNER_BITS = 07700;

	private static final int CLASS = 07;

	private static final int SET_UID = 04000;

	private static final int SET_GID = 02000;

	private final @Nullable Place model;

	private final ModePolicy mode;

	private final MetadataPolicy owner;

	private final MetadataPolicy attributes;

	/**
	 * Creates the rights of new files.
	 * @param model the file whose rights they get, if there is one
	 */
	NewFileRights(@Nullable Place model, ModePolicy mode, MetadataPolicy owner, MetadataPolicy attributes) {
		this.model = (model != null && model.hasContent()) ? model : null;
		this.mode = mode;
		this.owner = owner;
		this.attributes = attributes;
	}

	/** Those of a write that replaces a file, or creates one. */
	static NewFileRights of(Place model, WriteOptions options) {
		return new NewFileRights(model, options.mode(), options.owner(), options.attributes());
	}

	/** Those of a copy. */
	static NewFileRights like(Place model) {
		return new NewFileRights(model, ModePolicy.preserve(), MetadataPolicy.TRY, MetadataPolicy.TRY);
	}

	@Override
	public int createMode() {
		if (this.mode.exact().isPresent()) {
			return this.mode.exact().getAsInt() & OWNER_ONLY;
		}
		FileStat like = preserved();
		return (like != null) ? like.mode() & OWNER_ONLY : NEW_FILE;
	}

	/** Returns the model if its mode is to be kept, and it has one. */
	private @Nullable FileStat preserved() {
		FileStat like = (this.model != null) ? this.model.existing() : null;
		return (like != null && this.mode.preserves() && like.mode() >= 0) ? like : null;
	}

	/** Whether the file is to get another mode than the one that the umask leaves. */
	boolean setMode() {
		return this.mode.exact().isPresent() || preserved() != null;
	}

	@Override
	public void give(Directory directory, String name, int mask) throws IOException {
		Losses losses = new Losses();
		FileStat now = giveOwner(directory, name, losses);
		if (setMode()) {
			FileStat like = preserved();
			Place place = this.model;
			FileTraits traits = FileTraits.NONE;
			if (like != null && place != null && (like.mode() & OTHERS) != 0) {
				traits = place.directory().traits(place.name(), like, LIST);
			}
			giveMode(directory, name, now, traits, mask, losses);
		}
	}

	/**
	 * Gives a file its owner and its group, each by itself: whoever may not give files
	 * away may still give them a group.
	 * @return the status with the owner and the group that it has then
	 */
	FileStat giveOwner(Directory directory, String name, Losses losses) throws IOException {
		FileStat now = present(directory, name, directory.stat(name));
		FileStat like = (this.model != null) ? this.model.existing() : null;
		if (like == null || like.mode() < 0 || this.owner == MetadataPolicy.IGNORE
				|| (like.uid() == now.uid() && like.gid() == now.gid())) {
			return now;
		}
		if (like.gid() != now.gid()) {
			try {
				directory.setOwner(name, -1, like.gid());
			}
			catch (IOException ex) {
				losses.add(Kind.GROUP, "group " + Integer.toUnsignedString(like.gid()), ex, this.owner);
			}
		}
		if (like.uid() != now.uid()) {
			try {
				directory.setOwner(name, like.uid(), -1);
				losses.giveOwner();
			}
			catch (IOException ex) {
				losses.add(Kind.OWNER, "owner " + Integer.toUnsignedString(like.uid()), ex, this.owner);
			}
		}
		return present(directory, name, directory.stat(name));
	}

	private static FileStat present(Directory directory, String name, @Nullable FileStat now) throws IOException {
		if (now == null) {
			throw new NoSuchFileException(directory.path(name).toString(), null, "the new file is gone");
		}
		return now;
	}

	/**
	 * Gives a file its mode, after its owner and group.
	 * @param now its status with these
	 * @param traits of the model
	 * @param mask the mode bits that such a file can have
	 * @return the mode that was set, and whether the file has the list of the model
	 */
	Given giveMode(Directory directory, String name, FileStat now, FileTraits traits, int mask, Losses losses)
			throws IOException {
		boolean had = traits.has(FileTrait.ACCESS_LIST);
		boolean has = had && giveList(directory, name, now, losses);
		FileStat like = preserved();
		int wanted = (like != null) ? like.mode() : this.mode.exact().orElse(NEW_FILE);
		int permitted = (like != null) ? permitted(like, now, had && !has) : wanted;
		if (permitted != wanted) {
			losses.add(Kind.MODE,
					String.format(Locale.ROOT,
							"%04o has become %04o, as the bits were not meant for those who would get them", wanted,
							permitted));
		}
		int allowed = permitted & mask;
		if (!has) {
			// with an inherited list the group bits are for those whom it names, once
			// they are set
			FileTraits inherited = directory.inheritedTraits();
			if (inherited.has(FileTrait.ACCESS_LIST)) {
				allowed &= dropList(directory, name, allowed, losses) ? allowed : ~GROUP;
			}
			else if ((allowed & GROUP) != 0) {
				losses.unknown(inherited);
			}
		}
		try {
			directory.setMode(name, allowed);
		}
		catch (FileSystemException ex) {
			if (IoErrors.classify(ex) != IoErrorKind.NOT_PERMITTED) {
				throw ex;
			}
			if (like == null || !losses.isOwnerGiven()) {
				throw new ModeRefusedException(ex);
			}
			// CAP_CHOWN without CAP_FOWNER: what it was created with is less
			losses.add(Kind.MODE, String.format(Locale.ROOT, "mode %04o", allowed), ex, this.owner);
			return new Given(present(directory, name, directory.stat(name)).mode(), has);
		}
		return new Given(allowed, has);
	}

	private boolean giveList(Directory directory, String name, FileStat now, Losses losses) throws IOException {
		try {
			Place place = modelOfList(now);
			// whoever writes to a file needs the permission, even its owner
			directory.setMode(name, OWNER_ONLY);
			place.directory().carry(FileTrait.ACCESS_LIST, place.name(), directory, name);
			return true;
		}
		catch (IOException ex) {
			losses.add(Kind.ACL, "access control list", ex, this.attributes);
			return false;
		}
	}

	/** Returns the model, or fails if the file is not to have its list. */
	private Place modelOfList(FileStat now) throws IOException {
		Place place = this.model;
		FileStat like = preserved();
		if (place == null || like == null) {
			throw new IOException("the mode that was asked for says who may access the file");
		}
		if (this.attributes == MetadataPolicy.IGNORE) {
			throw new IOException("attributes are not to be carried over");
		}
		if (like.gid() != now.gid()) {
			throw new IOException("it has an entry for the group that is lost");
		}
		return place;
	}

	/** Returns the bits that nobody gets who did not have them. */
	private static int permitted(FileStat like, FileStat now, boolean listLost) {
		int mode = like.mode();
		if (listLost) {
			// the group bits were its mask, and the others those whom it does not name
			mode &= OWNER_BITS;
		}
		int group = (mode >> 3) & CLASS;
		int others = mode & CLASS;
		if (now.gid() != like.gid()) {
			// members of the new group were others, and those of the old one become
			// others
			group &= others;
			others = group;
			mode &= ~SET_GID;
		}
		if (now.uid() != like.uid()) {
			int former = (mode >> 6) & CLASS;
			group &= former;
			others &= former;
			mode &= ~SET_UID;
		}
		return (mode & OWNER_BITS) | (group << 3) | others;
	}

	private static boolean dropList(Directory directory, String name, int mode, Losses losses) throws IOException {
		try {
			directory.setMode(name, OWNER_ONLY);
			directory.dropAccessList(name);
			return true;
		}
		catch (IOException ex) {
			if ((mode & GROUP) != 0) {
				losses.add(Kind.MODE, "group bits", ex, MetadataPolicy.TRY);
			}
			return false;
		}
	}

	/**
	 * What a file was given.
	 *
	 * @param mode its mode
	 * @param list whether it has the access list of its model
	 */
	record Given(int mode, boolean list) {
	}

}
