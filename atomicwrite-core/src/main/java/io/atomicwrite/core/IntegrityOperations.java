package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;

/**
 * What can be done with checksums and backups. A file that can't be read is an
 * {@link java.io.UncheckedIOException}.
 */
public interface IntegrityOperations {

	/**
	 * Verifies a file by its sidecar or attribute, in constant memory. A writer that
	 * replaces it meanwhile is no damage.
	 * @param file the file
	 * @return what attests it
	 * @throws io.atomicwrite.ChecksumMismatchException if it was changed or damaged
	 * @throws io.atomicwrite.ChecksumMissingException if it has no checksum
	 */
	ChecksumInfo verify(Path file);

	/**
	 * Reads a file and verifies what was read.
	 * @param file the file
	 * @return its content
	 * @throws io.atomicwrite.ChecksumMismatchException if it was changed or damaged
	 * @throws io.atomicwrite.ChecksumMissingException if it has no checksum
	 */
	byte[] readVerified(Path file);

	/**
	 * Reads a file, or if it is missing or does not verify the newest of its backups that
	 * does; the result says which, and listeners are told.
	 * @param file the file
	 * @return the content
	 * @throws io.atomicwrite.AtomicWriteException what the file failed with, if no backup
	 * verifies either
	 */
	LastKnownGood<byte[]> readVerifiedOrBackup(Path file);

	/**
	 * Reads a value, or if the file is missing, does not verify or can't be decoded that
	 * of the newest backup without such a fault.
	 * @param file the file, whose name tells the format
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws io.atomicwrite.AtomicWriteException what the file failed with, if no backup
	 * will do either
	 */
	<T> LastKnownGood<T> readValueOrBackup(Path file, Class<T> type);

	/**
	 * Computes the checksum of a file, in constant memory.
	 * @param file the file
	 * @param algorithm what makes it
	 * @return the checksum
	 */
	Checksum checksum(Path file, ChecksumAlgorithm algorithm);

	/**
	 * Returns what the sidecar or the attribute of a file says, without verifying it.
	 * @param file the file
	 * @return what it says, or empty if there is neither
	 */
	Optional<ChecksumInfo> checksumInfo(Path file);

	/**
	 * Lists the backups of a target that the default options make, the newest first.
	 * @param target the target, which need not exist
	 * @return the backups
	 */
	List<Backup> generations(Path target);

	/**
	 * Puts a backup back, as an atomic and durable write under the lock, and keeps a
	 * backup of what it replaces. A backup that has a checksum is verified first.
	 * @param target the target
	 * @param backup one of its {@link #generations(Path)}
	 * @return what became of the write
	 * @throws io.atomicwrite.ChecksumMismatchException if the backup itself is damaged
	 */
	WriteResult restore(Path target, Backup backup);

}
