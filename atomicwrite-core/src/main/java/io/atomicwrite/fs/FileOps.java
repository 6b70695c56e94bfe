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
 * What it deliberately can't do: open a target for writing, copy, follow a link unasked,
 * replace without one atomic step, fall back to anything.
 */
public interface FileOps {

	/**
	 * Returns the file operations of this machine.
	 * @return the operations of the default filesystem
	 */
	static FileOps system() {
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
	 * Returns whether a path leads to something, links followed. The cheapest look: many
	 * times cheaper than {@link #kind} where there is nothing.
	 * @param path the path
	 * @return whether something is there; {@code false} also if that can't be determined
	 */
	boolean exists(Path path);

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
	 * Gives a file a second name if that is free, in one step ({@code link(2)}).
	 * @param source the file
	 * @param name the new name
	 * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the name is
	 * taken, or another if hard links are not supported
	 */
	void linkNew(Path source, Path name) throws IOException;

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
	 * Sets owner and group of a file ({@code chown(2)}; the kernel may drop setuid bits).
	 * @param file the file
	 * @param uid the user id
	 * @param gid the group id
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

}
