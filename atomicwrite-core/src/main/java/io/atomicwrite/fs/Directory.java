package io.atomicwrite.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.FileOps.NameVisitor;
import org.jspecify.annotations.Nullable;

/**
 * An open directory and the names in it, as the calls of POSIX that take a directory and
 * a name: {@code openat(2)}, {@code renameat(2)}, {@code linkat(2)} and the like. Opened
 * by {@link FileOps#open}.
 *
 * <p>
 * A name is the name of one entry: not empty, without a separator, neither {@code .} nor
 * {@code ..}. Any other is refused with an {@link IllegalArgumentException}, so that no
 * name leads out of the directory. No call follows a link at the name, unless it says so.
 * Errors are those of {@code java.nio.file}. No call is ended by an interrupt of the
 * thread, and none changes the interrupt flag.
 *
 * <p>
 * Safe for use by several threads. After {@link #close()} no call may be made; what was
 * opened through the directory stays open.
 *
 * @see <a href=
 * "https://pubs.opengroup.org/onlinepubs/9799919799/functions/openat.html">openat in
 * POSIX</a>
 */
public interface Directory extends Closeable {

	/**
	 * Returns the path of the directory when it was opened.
	 * @return the canonical path
	 */
	Path path();

	/**
	 * Returns the path of a name in this directory, for messages and for what is keyed by
	 * path.
	 * @param name the name of an entry, which need not exist
	 * @return the path of the directory with the name appended
	 */
	Path path(String name);

	/**
	 * Returns the mount on which the directory that was opened lies, as
	 * {@link FileOps#mount} does. Looked up once.
	 * @return the mount
	 * @throws IOException if the mount is not known
	 */
	Mount mount() throws IOException;

	/**
	 * Returns whether the path still leads to the directory that was opened.
	 * @return {@code false} if it leads to another directory or to none, as after a
	 * rename or an unmount
	 * @throws IOException if that can't be determined
	 */
	boolean isUnchanged() throws IOException;

	/**
	 * Requires that the path still leads to the directory that was opened.
	 * @throws IOException if it leads to another directory or to none, as after a rename
	 * or an unmount
	 */
	void requireUnchanged() throws IOException;

	/**
	 * Opens a directory in this one.
	 * @param name its name
	 * @return the open directory
	 * @throws IOException if it does not exist, can't be searched, or is no directory, as
	 * a link to one is none
	 */
	Directory open(String name) throws IOException;

	/**
	 * Opens this directory once more, so that its entries can be synced. A directory that
	 * can't be read can't be synced, so this is called before anything is changed. Where
	 * a filesystem that has given up reports that a sync succeeded, the sync looks at the
	 * directory afterwards, which then fails.
	 * @return what syncs the directory
	 * @throws IOException if it can't be opened, as one without read permission
	 */
	DirectoryHandle openSync() throws IOException;

	/**
	 * Makes all changes of entries so far durable, by an opening of its own.
	 * @throws IOException if it can't be opened or synced
	 */
	default void syncEntries() throws IOException {
		try (DirectoryHandle handle = openSync()) {
			handle.sync();
		}
	}

	/**
	 * Returns the status of the directory itself ({@code fstat(2)}).
	 * @return the status
	 * @throws IOException if it can't be read
	 */
	FileStat stat() throws IOException;

	/**
	 * Returns what is at a name ({@code fstatat(2)}).
	 * @param name the name
	 * @return the status, or {@code null} if nothing is there
	 * @throws IOException if it can't be read
	 */
	@Nullable FileStat stat(String name) throws IOException;

	/**
	 * Returns what kind of file is at a name. Cheaper than {@link #stat}.
	 * @param name the name
	 * @return the kind, or {@code null} if nothing is there
	 * @throws IOException if it can't be read
	 */
	FileStat.@Nullable Kind kind(String name) throws IOException;

	/**
	 * Returns whether a name leads to something; a link is followed.
	 * @param name the name
	 * @return whether something is there
	 * @throws IOException if that can't be determined
	 */
	boolean exists(String name) throws IOException;

	/**
	 * Returns the size of a file without opening it.
	 * @param name the name of the file
	 * @return the size in bytes
	 * @throws IOException if there is no such file or its size can't be read
	 */
	long size(String name) throws IOException;

	/**
	 * Returns what a symbolic link holds ({@code readlinkat(2)}).
	 * @param name the name of the link
	 * @return its content, relative or absolute
	 * @throws IOException if it can't be read, as what is no link;
	 * {@link java.nio.file.NotLinkException} then
	 */
	Path readLink(String name) throws IOException;

	/**
	 * Opens a file for reading; a link is followed.
	 * @param name the name of the file
	 * @return a stream
	 * @throws IOException if it can't be opened
	 */
	InputStream openRead(String name) throws IOException;

	/**
	 * Calls a visitor with the name of each entry, in no order, holding none of them.
	 * @param visitor gets each name
	 * @throws IOException if the directory can't be read
	 */
	void list(NameVisitor visitor) throws IOException;

	/**
	 * Returns the names of all entries, for a directory whose entries change meanwhile.
	 * @return the names, sorted
	 * @throws IOException if the directory can't be read
	 */
	default List<String> names() throws IOException {
		List<String> names = new ArrayList<>();
		list(names::add);
		names.sort(null);
		return names;
	}

	/**
	 * Creates a file that must not exist ({@code O_CREAT|O_EXCL}).
	 * @param name the name of the file to create
	 * @param mode the permission bits, from which the process's umask is taken away
	 * @return the open file
	 * @throws IOException if it exists or can't be created
	 */
	FileHandle createExclusive(String name, int mode) throws IOException;

	/**
	 * Opens an existing file for nothing but {@link FileHandle#sync()} and
	 * {@link FileHandle#tryLock()}, whose lock then excludes only those that write.
	 * @param name the name of the file
	 * @return the open file
	 * @throws IOException if it can't be opened
	 */
	FileHandle openForSync(String name) throws IOException;

	/**
	 * Creates a directory with what the umask leaves of mode 0777 ({@code mkdirat(2)}).
	 * @param name the name of the directory to create
	 * @throws IOException if it exists or can't be created
	 */
	void createDirectory(String name) throws IOException;

	/**
	 * Renames a file over whatever is at the new name, in one step ({@code renameat(2)}).
	 * Does nothing if both names are names of one file, as POSIX requires.
	 * @param name the name of the file
	 * @param to the directory of the new name, which the same operations have opened;
	 * this one too
	 * @param newName its new name
	 * @throws IOException if it can't be renamed;
	 * {@link java.nio.file.AtomicMoveNotSupportedException} across filesystems
	 */
	void rename(String name, Directory to, String newName) throws IOException;

	/**
	 * Exchanges two names in this directory, as {@link FileOps#exchange} does.
	 * @param name a name
	 * @param other another name
	 * @throws IOException if one of them does not exist or they can't be exchanged
	 * @throws UnsupportedOperationException if these operations or the filesystem can't,
	 * with the reason; nothing was done
	 */
	void exchange(String name, String other) throws IOException;

	/**
	 * Gives a file a second name if that is free, in one step ({@code linkat(2)}).
	 * @param name the name of the file
	 * @param to the directory of the new name, which the same operations have opened;
	 * this one too
	 * @param newName the new name
	 * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the name is
	 * taken, or another if hard links are not supported
	 */
	void linkNew(String name, Directory to, String newName) throws IOException;

	/**
	 * Creates a symbolic link at a free name, in one step ({@code symlinkat(2)}).
	 * @param name the name of the link
	 * @param content what it holds, relative or absolute; nothing need be there
	 * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the name is
	 * taken, or another if links are not supported
	 */
	void createSymbolicLink(String name, Path content) throws IOException;

	/**
	 * Deletes a file, a link or an empty directory ({@code unlinkat(2)}).
	 * @param name the name
	 * @throws IOException if nothing is there or it can't be deleted
	 */
	void delete(String name) throws IOException;

	/**
	 * Deletes as {@link FileOps#tryDelete} does.
	 * @param name the name
	 * @return whether it was deleted
	 * @throws IOException the reason if it was not, where it is known
	 */
	boolean tryDelete(String name) throws IOException;

	/**
	 * Sets all mode bits of a file ({@code fchmodat(2)}). To be called for regular files
	 * and directories only: a link is followed.
	 * @param name the name of the file
	 * @param mode the mode, {@code 07777} at most
	 * @throws IOException if it can't be set
	 */
	void setMode(String name, int mode) throws IOException;

	/**
	 * Sets owner and group of a file ({@code fchownat(2)}; the kernel may drop setuid
	 * bits).
	 * @param name the name of the file
	 * @param uid the user id, or -1 to leave it
	 * @param gid the group id, or -1 to leave it
	 * @throws IOException if it can't be set
	 */
	void setOwner(String name, int uid, int gid) throws IOException;

	/**
	 * Returns the extended attributes of the user namespace.
	 * @param name the name of the file
	 * @return the values by name, without the prefix {@code user.}; none on a filesystem
	 * without attributes
	 * @throws IOException if they can't be read
	 */
	Map<String, byte[]> userAttributes(String name) throws IOException;

	/**
	 * Sets an extended attribute of the user namespace.
	 * @param name the name of the file
	 * @param attribute the name of the attribute without the prefix {@code user.}
	 * @param value the value
	 * @throws IOException if it can't be set
	 */
	void setUserAttribute(String name, String attribute, byte[] value) throws IOException;

	/**
	 * Returns what a file has that neither its mode nor its user attributes show, as
	 * {@link FileOps#traits} does.
	 * @param name the name of the file
	 * @param stat its status
	 * @param wanted the traits to look for
	 * @return what was found
	 * @throws IOException if the look fails
	 */
	FileTraits traits(String name, FileStat stat, Set<FileTrait> wanted) throws IOException;

	/**
	 * Returns whether new files in this directory may inherit an access list, as it was
	 * when the directory was opened.
	 * @return {@link FileTrait#ACCESS_LIST} if they may, or as unknown
	 * @throws IOException if the look fails
	 */
	FileTraits inheritedTraits() throws IOException;

	/**
	 * Gives a trait of a file to another one, as {@link FileOps#carry} does.
	 * @param trait the trait
	 * @param name the name of the file that has it
	 * @param to the directory of the other file
	 * @param other the name of the other file
	 * @throws IOException if the other file does not have it afterwards
	 */
	void carry(FileTrait trait, String name, Directory to, String other) throws IOException;

	/**
	 * Takes away the access list that a new file has inherited, as
	 * {@link FileOps#dropAccessList} does.
	 * @param name the name of the file
	 * @throws IOException if it has the list still
	 */
	void dropAccessList(String name) throws IOException;

	/**
	 * Notes what a file has that was just created, as {@link FileOps#noteCreated} does.
	 * @param name the name that the file has now
	 * @param created its status under any earlier name
	 * @param traits what it has
	 * @param bare whether it has no user attributes that its successor is to get
	 */
	void noteCreated(String name, FileStat created, FileTraits traits, boolean bare);

	/**
	 * Returns whether a file is known to have no user attributes that its successor is to
	 * get, as {@link FileOps#isKnownBare} does.
	 * @param name the name of the file
	 * @param stat its status now
	 * @return whether it is known; {@code false} says nothing
	 */
	boolean isKnownBare(String name, FileStat stat);

	/**
	 * Opens a lock file, creating it if it is missing. Must not be called while this JVM
	 * holds a lock on that file: closing any descriptor of a file drops all record locks
	 * that the process holds on it ({@code fcntl(2)}).
	 * @param name the name of the lock file
	 * @param mode the permission bits of a new one, less the umask
	 * @param create whether to create it
	 * @return the open lock file
	 * @throws IOException if it can't be opened or is not a regular file
	 */
	LockFile openLockFile(String name, int mode, boolean create) throws IOException;

}
