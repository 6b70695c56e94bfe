package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.Signature;

/**
 * What a document needs of the write protocol: one file, looked at and replaced. The
 * engine implements it; applications don't. Thread-safe.
 */
public interface DocumentFile {

	/**
	 * Returns the file as it was named.
	 * @return its path, absolute
	 */
	Path path();

	/**
	 * Returns the file that the path leads to.
	 * @return its path, links resolved; the file need not exist
	 */
	Path canonical();

	/**
	 * Reads one state of the file, with or without its lease.
	 * @param maxSize the size up to which it is read
	 * @return what is there
	 */
	Look read(int maxSize);

	/**
	 * Returns whether the file is what it was, by its signature alone.
	 * @param known the signature that it had
	 * @return {@code false} if it has another one, or if it has had this one for so short
	 * a time that a later change may have the same
	 */
	boolean isUnchanged(Signature known);

	/**
	 * Reads a backup of the file, verified if it has a checksum.
	 * @param backup the backup
	 * @return its content
	 */
	byte[] read(Backup backup);

	/**
	 * Returns how long a change waits for the lease.
	 * @return the configured request
	 */
	LockRequest lock();

	/**
	 * Opens the directory of the file, without a lease.
	 * @return where copies of the file are kept
	 * @throws IOException if it can't be opened
	 */
	Location open() throws IOException;

	/**
	 * Begins a write: acquires the lease and creates the staging file.
	 * @param request how long to wait for the lease
	 * @return the write, which is to be closed
	 */
	Write begin(LockRequest request);

	/**
	 * The file's name in its open directory. Not thread-safe.
	 */
	interface Location extends AutoCloseable {

		/**
		 * Returns the directory of the file.
		 * @return the open directory
		 */
		Directory directory();

		/**
		 * Returns the name of the file in it.
		 * @return the name
		 */
		String name();

		/**
		 * Returns the rights of a copy of the file.
		 * @return the rights, those of a new file if there is none
		 */
		FileRights rights();

		@Override
		void close();

	}

	/**
	 * A write of the file, which holds its lease until it is committed or closed. Not
	 * thread-safe.
	 */
	interface Write extends Location {

		/**
		 * Makes the names durable that the directory has by now.
		 * @throws IOException if they can't be made durable
		 */
		void sync() throws IOException;

		/**
		 * Returns what the file was found to be under the lease.
		 * @return its signature, empty if there is no regular file
		 */
		Optional<Signature> found();

		/**
		 * Replaces the file, looks whether it is still what the content was made of right
		 * before that, and releases the lease.
		 * @param content the new content
		 * @param losses what the old text had and the new one has not
		 * @param base what the file held when it was read
		 * @param read whether it was read; if it is only supposed to hold that, it is
		 * read before it is replaced
		 * @return how far the content has come
		 * @throws io.atomicwrite.VersionConflictException if the file was changed
		 * meanwhile; it is as it was found
		 * @throws io.atomicwrite.AtomicWriteException if the write failed
		 */
		WriteOutcome commit(byte[] content, List<String> losses, Look base, boolean read);

		/**
		 * Returns what the content was before it was given the name of the file.
		 * @return its signature with the path of the file, empty if it is not known
		 */
		Optional<Signature> written();

		/**
		 * Gives the write up unless it is committed, and releases the lease.
		 */
		@Override
		void close();

	}

}
