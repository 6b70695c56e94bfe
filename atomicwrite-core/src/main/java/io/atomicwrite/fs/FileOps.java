package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import io.atomicwrite.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine asks of a filesystem, one method per change of state, so that an
 * implementation that records, fails or crashes can prove the rest. Errors are those of
 * {@code java.nio.file}. No method is ended by an interrupt of the thread, and none
 * changes the interrupt flag.
 *
 * <p>
 * What it deliberately can't do: open a target for writing, copy over anything, follow a
 * link unasked, replace without one atomic step, fall back to anything.
 */
public interface FileOps {

	/**
	 * Returns the file operations of this machine, always the same: those of
	 * {@code java.nio}, or native calls where native access is enabled, as
	 * {@link NativeCalls#status()} reports.
	 * @return the operations of the default filesystem
	 */
	static FileOps system() {
		return NativeCalls.operations();
	}

	/**
	 * Returns the file operations of {@code java.nio}, which use no native calls where
	 * {@link #system()} does. They are for comparisons: where {@link NativeCalls} are
	 * used, both must not work on the same directory in one JVM, as recovery and sweeps
	 * of the one may delete a staging file of the other that is in use.
	 * @return the operations of the default filesystem
	 */
	static FileOps jdk() {
		return NioFileOps.INSTANCE;
	}

	/**
	 * Returns what these operations can do at all; a filesystem may take some of it away.
	 * @return the capabilities
	 */
	Set<Capability> capabilities();

	/**
	 * Returns the mount on which an existing directory lies. What was mounted over it or
	 * unmounted is seen at once; other options of the same mount within half a second.
	 * @param canonical a directory as {@link #canonical} returns it
	 * @return the mount
	 * @throws IOException if the mount can't be determined
	 */
	Mount mount(Path canonical) throws IOException;

	/**
	 * Returns whether a path is itself a mount point, as a file mounted into a container
	 * is. May lag by half a second.
	 * @param canonical a path as {@link #canonical} returns it
	 * @return whether it is known to be one
	 * @throws IOException if the mounts can't be read
	 */
	boolean isMountPoint(Path canonical) throws IOException;

	/**
	 * Checks whether this user may access a path, as far as {@code access(2)} reports it.
	 * @param path an existing path
	 * @param modes the kinds of access
	 * @throws IOException with the reason if not,
	 * {@link java.nio.file.AccessDeniedException} among others
	 */
	void checkAccess(Path path, AccessMode... modes) throws IOException;

	/**
	 * Returns the space of the filesystem of a path.
	 * @param path an existing path
	 * @return the space
	 * @throws IOException if it can't be determined
	 */
	DiskSpace space(Path path) throws IOException;

	/**
	 * Resolves every link of an existing path.
	 * @param existing the path
	 * @return the absolute path without links
	 * @throws IOException if the path does not exist or can't be searched
	 */
	Path canonical(Path existing) throws IOException;

	/**
	 * Opens a directory, so that calls can be made on the names in it. A link at the last
	 * name of the path is not followed.
	 * @param canonical a directory as {@link #canonical} returns it
	 * @return the open directory
	 * @throws IOException if it does not exist or can't be looked at;
	 * {@link java.nio.file.NotDirectoryException} if it is something else
	 */
	default Directory open(Path canonical) throws IOException {
		return PathDirectory.open(this, canonical);
	}

	/**
	 * Opens a directory by any path that leads to it. Cheaper than {@link #canonical} and
	 * {@link #open}.
	 * @param existing the directory; links are followed
	 * @return the open directory, whose path is canonical
	 * @throws IOException as those methods
	 */
	default Directory openFollowingLinks(Path existing) throws IOException {
		return open(canonical(existing));
	}

	/**
	 * Returns what is at a path, without following a link there ({@code lstat(2)}).
	 * @param path the path
	 * @return the status, or {@code null} if nothing is there
	 * @throws IOException if that can't be determined
	 */
	@Nullable FileStat stat(Path path) throws IOException;

	/**
	 * Returns what kind of file is at a path, without following a link there. Cheaper
	 * than {@link #stat}.
	 * @param path the path
	 * @return the kind, or {@code null} if nothing is there
	 * @throws IOException if that can't be determined
	 */
	FileStat.@Nullable Kind kind(Path path) throws IOException;

	/**
	 * Returns whether a path leads to something, links followed.
	 * @param path the path
	 * @return whether something is there
	 * @throws IOException if that can't be determined
	 */
	boolean exists(Path path) throws IOException;

	/**
	 * Returns the size of a file by its path alone, without opening it.
	 * @param file the file
	 * @return the size in bytes
	 * @throws IOException if there is no such file or it can't be determined
	 */
	long size(Path file) throws IOException;

	/**
	 * Returns what a symbolic link holds.
	 * @param link the link
	 * @return its content, relative or absolute
	 * @throws IOException if it can't be read
	 */
	Path readLink(Path link) throws IOException;

	/**
	 * Opens a file for reading.
	 * @param file the file
	 * @return a stream
	 * @throws IOException if it can't be opened
	 */
	InputStream openRead(Path file) throws IOException;

	/**
	 * Calls a visitor with the name of each entry of a directory, in no order, holding
	 * none of them.
	 * @param directory the directory
	 * @param visitor gets each name
	 * @throws IOException if the directory can't be read
	 */
	void list(Path directory, NameVisitor visitor) throws IOException;

	/**
	 * Creates a file that must not exist, without following a link
	 * ({@code O_CREAT|O_EXCL}).
	 * @param file the file to create
	 * @param mode the permission bits, from which the process's umask is taken away
	 * @return the open file
	 * @throws IOException if it exists or can't be created
	 */
	FileHandle createExclusive(Path file, int mode) throws IOException;

	/**
	 * Opens an existing file for nothing but {@link FileHandle#sync()} and
	 * {@link FileHandle#tryLock()}, whose lock then excludes only those that write.
	 * @param file the file
	 * @return the open file
	 * @throws IOException if it can't be opened
	 */
	FileHandle openForSync(Path file) throws IOException;

	/**
	 * Opens a directory so that its entries can be synced.
	 * @param directory the directory
	 * @return the open directory
	 * @throws IOException if it can't be opened, as one without read permission
	 */
	DirectoryHandle openDirectory(Path directory) throws IOException;

	/**
	 * Creates a directory with what the umask leaves of mode 0777.
	 * @param directory the directory; its parent exists
	 * @throws IOException if it exists or can't be created
	 */
	void createDirectory(Path directory) throws IOException;

	/**
	 * Renames a file over whatever is at the target, in one step ({@code rename(2)}).
	 * @param source the file
	 * @param target its new name
	 * @throws IOException if it can't be renamed;
	 * {@link java.nio.file.AtomicMoveNotSupportedException} across filesystems
	 */
	void rename(Path source, Path target) throws IOException;

	/**
	 * Exchanges two names of one filesystem in one step ({@code renameat2(2)} with
	 * {@code RENAME_EXCHANGE}), whatever they are names of: each has what the other had.
	 * The default has no call for it, and neither has {@code java.nio}.
	 * @param one a name
	 * @param other another name
	 * @throws IOException if one of them does not exist or they can't be exchanged
	 * @throws UnsupportedOperationException if these operations or the filesystem can't,
	 * with the reason; nothing was done
	 */
	default void exchange(Path one, Path other) throws IOException {
		throw new UnsupportedOperationException("these file operations have no call for it");
	}

	/**
	 * Gives a file a second name if that is free, in one step ({@code link(2)}).
	 * @param source the file
	 * @param name the new name
	 * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the name is
	 * taken, or another if hard links are not supported
	 */
	void linkNew(Path source, Path name) throws IOException;

	/**
	 * Creates a symbolic link at a free name, in one step ({@code symlink(2)}). The
	 * default fails, as on a system that has none.
	 * @param link the link to create
	 * @param content what it holds, relative or absolute; nothing need be there
	 * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the name is
	 * taken, or another if links are not supported
	 */
	default void createSymbolicLink(Path link, Path content) throws IOException {
		throw new IOException("symbolic links are not supported: " + link);
	}

	/**
	 * Gives an empty file the content of another one and lets both share their blocks
	 * ({@code ioctl_ficlonerange(2)}), so that it takes no space until one is changed.
	 * The default does not.
	 * @param source the other file; a link is followed
	 * @param file the empty file, whose parent is canonical; it is synced as any other
	 * @return whether it has the content; if not, nothing was written
	 * @throws IOException if it can't be read or written
	 */
	default boolean shareContent(Path source, Path file) throws IOException {
		return false;
	}

	/**
	 * Deletes a file, a link or an empty directory.
	 * @param path the path
	 * @throws IOException if nothing is there or it can't be deleted
	 */
	void delete(Path path) throws IOException;

	/**
	 * Deletes as {@link #delete} does, and may fail without the reason. The cheapest way;
	 * to delete again for the sake of the reason is right only where nobody can have put
	 * another file there.
	 * @param path the path
	 * @return whether it was deleted
	 * @throws IOException the reason, where it is known
	 */
	default boolean tryDelete(Path path) throws IOException {
		delete(path);
		return true;
	}

	/**
	 * Sets all mode bits of a file ({@code chmod(2)}).
	 * @param file the file
	 * @param mode the mode, {@code 07777} at most
	 * @throws IOException if it can't be set
	 */
	void setMode(Path file, int mode) throws IOException;

	/**
	 * Sets owner and group of a file ({@code lchown(2)}; the kernel may drop setuid
	 * bits).
	 * @param file the file
	 * @param uid the user id, or -1 to leave it
	 * @param gid the group id, or -1 to leave it
	 * @throws IOException if it can't be set
	 */
	void setOwner(Path file, int uid, int gid) throws IOException;

	/**
	 * Returns the extended attributes of the user namespace.
	 * @param file the file
	 * @return the values by name, without the prefix {@code user.}
	 * @throws IOException if they can't be read; {@link UnsupportedOperationException}
	 * does not happen: a filesystem without attributes has none
	 */
	Map<String, byte[]> userAttributes(Path file) throws IOException;

	/**
	 * Sets an extended attribute of the user namespace.
	 * @param file the file
	 * @param name the name without the prefix {@code user.}
	 * @param value the value
	 * @throws IOException if it can't be set
	 */
	void setUserAttribute(Path file, String name, byte[] value) throws IOException;

	/**
	 * Returns what a file has that neither its mode nor its user attributes show. A look
	 * may cost a process, so what it finds is remembered for as long as it is known to be
	 * true.
	 * @param file the file, or a directory: then its list and the one that new files in
	 * it inherit count as one
	 * @param stat its status, which must not be older than a decision that depends on the
	 * result
	 * @param mount the mount on which it lies
	 * @param wanted the traits to look for
	 * @return what was found; unless an implementation can look, nothing is known
	 * @throws IOException if the look fails
	 */
	default FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return FileTraits.unknown(wanted);
	}

	/**
	 * Gives a trait of a file to another one. With {@link FileTrait#ACCESS_LIST} the
	 * other one gets the mode as well.
	 * @param trait the trait
	 * @param from the file that has it
	 * @param to the other file
	 * @throws IOException if the other file does not have it afterwards
	 */
	default void carry(FileTrait trait, Path from, Path to) throws IOException {
		throw new IOException("can't be carried");
	}

	/**
	 * Takes away the access list that a new file has inherited. Afterwards nobody but its
	 * owner may access the file.
	 * @param file the file
	 * @throws IOException if it has the list still
	 */
	default void dropAccessList(Path file) throws IOException {
		throw new IOException("the access control list of the directory can't be taken away");
	}

	/**
	 * Notes what a file has that the caller has just created, for the next
	 * {@link #traits}. May do nothing.
	 * @param file the name that the file has now
	 * @param created its status under any earlier name
	 * @param mount the mount on which it lies
	 * @param traits what it has
	 * @param bare whether it has no user attributes that its successor is to get, for the
	 * next {@link #isKnownBare}
	 */
	default void noteCreated(Path file, FileStat created, Mount mount, FileTraits traits, boolean bare) {
		// nothing is remembered
	}

	/**
	 * Returns whether a file is known to have no user attributes that its successor is to
	 * get, without a look.
	 * @param file the file
	 * @param stat its status now
	 * @return whether it is known; {@code false} says nothing
	 */
	default boolean isKnownBare(Path file, FileStat stat) {
		return false;
	}

	/**
	 * Opens a lock file, creating it if it is missing. A link is not followed. Must not
	 * be called while this JVM holds a lock on that file: closing any descriptor of a
	 * file drops all record locks that the process holds on it ({@code fcntl(2)}).
	 * @param file the lock file
	 * @param mode the permission bits of a new one, less the umask
	 * @param create whether to create it
	 * @return the open lock file
	 * @throws IOException if it can't be opened or is not a regular file
	 */
	LockFile openLockFile(Path file, int mode, boolean create) throws IOException;

	/**
	 * Returns the process that holds a record lock on a file, where the operating system
	 * reports it, without opening the file.
	 * @param file the status of the file
	 * @return the process id; empty if none is known, which proves nothing
	 */
	OptionalLong lockHolder(FileStat file);

	/**
	 * Opens a source of events of directories.
	 * @return the source, in which no directory is registered yet
	 * @throws IOException if there is none, or if this process or user has too many
	 */
	default DirectoryEvents directoryEvents() throws IOException {
		throw new IOException("there are no events of directories");
	}

	/**
	 * Gets the name of a directory entry.
	 */
	@FunctionalInterface
	interface NameVisitor {

		/**
		 * Called for each entry.
		 * @param name the last name of the entry's path
		 * @throws IOException ends the listing
		 */
		void visit(String name) throws IOException;

	}

	/**
	 * The space of a filesystem.
	 *
	 * @param usable what this user can still write, in bytes
	 * @param total the size of the filesystem in bytes
	 * @param freeInodes the number of files that can still be created; empty where it is
	 * not limited or is not known
	 */
	record DiskSpace(long usable, long total, OptionalLong freeInodes) {
	}

}
