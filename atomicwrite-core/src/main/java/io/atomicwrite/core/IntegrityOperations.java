package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.manifest.Manifest;

/**
 * What can be done with checksums and backups. Implementations are thread-safe. Failures
 * are {@link io.atomicwrite.AtomicWriteException}s: a missing file is a
 * {@link io.atomicwrite.TargetMissingException}, one that can't be read a
 * {@link io.atomicwrite.ReadFailedException}.
 */
interface IntegrityOperations {

	/**
	 * Returns the options of an operation that brings none, as they are configured.
	 * @return the options
	 */
	WriteOptions defaults();

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
	 * does; the result says which, and listeners are notified.
	 * @param file the file
	 * @return the content
	 * @throws io.atomicwrite.AtomicWriteException what the file failed with, if no backup
	 * verifies either
	 */
	LastKnownGood<byte[]> readVerifiedOrBackup(Path file);

	/**
	 * Reads a value, or if the file is missing, does not verify or can't be decoded that
	 * of the newest backup without such a fault.
	 * @param file the file, whose extension determines the format
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws io.atomicwrite.AtomicWriteException what the file failed with, if no backup
	 * will do either
	 */
	default <T> LastKnownGood<T> readValueOrBackup(Path file, Class<T> type) {
		return readValueOrBackup(file, TypeReference.of(type));
	}

	/**
	 * Reads a value, or if the file is missing, does not verify or can't be decoded that
	 * of the newest backup without such a fault.
	 * @param file the file, whose extension determines the format
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws io.atomicwrite.AtomicWriteException what the file failed with, if no backup
	 * will do either
	 */
	<T> LastKnownGood<T> readValueOrBackup(Path file, TypeReference<T> type);

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
	 * Returns what the manifest of a file records of the content that is there: it is
	 * compared by size and SHA-256, in constant memory. A writer that replaces the file
	 * meanwhile is waited for.
	 * @param file the file
	 * @return the manifest, or empty if there is none; where the content was replaced by
	 * someone who wrote no manifest, its state says so and it has no entry
	 */
	Optional<Manifest> manifest(Path file);

	/**
	 * Lists the backups of a target that writes with these options make, the newest
	 * first.
	 * @param target the target, which need not exist
	 * @return the backups
	 */
	default List<Backup> generations(Path target) {
		return generations(target, defaults());
	}

	/**
	 * Lists the backups of a target that writes with these options make, the newest
	 * first.
	 * @param target the target, which need not exist
	 * @param changes changes to the configured options
	 * @return the backups
	 */
	default List<Backup> generations(Path target, Consumer<WriteOptions.Builder> changes) {
		return generations(target, defaults().with(changes));
	}

	/**
	 * Lists the backups of a target that writes with these options make, the newest
	 * first.
	 * @param target the target, which need not exist
	 * @param options the options, of which the backup policy counts
	 * @return the backups
	 */
	List<Backup> generations(Path target, WriteOptions options);

	/**
	 * Puts a backup back, as an atomic and durable write under the lock, and keeps a
	 * backup of what it replaces. A backup that has a checksum is verified first. Always
	 * overwrites, whatever the options and the version say, and takes over the mode of
	 * the backup.
	 * @param target the target
	 * @param backup one of its generations
	 * @return the result of the write
	 * @throws io.atomicwrite.ChecksumMismatchException if the backup itself is damaged
	 */
	default WriteResult restore(Path target, Backup backup) {
		return restore(target, backup, defaults());
	}

	/**
	 * Puts a backup back, as an atomic and durable write under the lock, and keeps a
	 * backup of what it replaces. A backup that has a checksum is verified first. Always
	 * overwrites, whatever the options and the version say, and takes over the mode of
	 * the backup.
	 * @param target the target
	 * @param backup one of its generations
	 * @param changes changes to the configured options
	 * @return the result of the write
	 * @throws io.atomicwrite.ChecksumMismatchException if the backup itself is damaged
	 */
	default WriteResult restore(Path target, Backup backup, Consumer<WriteOptions.Builder> changes) {
		return restore(target, backup, defaults().with(changes));
	}

	/**
	 * Puts a backup back, as an atomic and durable write under the lock, and keeps a
	 * backup of what it replaces. A backup that has a checksum is verified first. Always
	 * overwrites, whatever the options and the version say, and takes over the mode of
	 * the backup.
	 * @param target the target
	 * @param backup one of its generations
	 * @param options how to write
	 * @return the result of the write
	 * @throws io.atomicwrite.ChecksumMismatchException if the backup itself is damaged
	 */
	WriteResult restore(Path target, Backup backup, WriteOptions options);

	/**
	 * Makes the content that a file has the good one: its checksum in a sidecar or an
	 * attribute is renewed, and so is its manifest if it has one. For a file that was
	 * edited by hand and therefore does not verify. Content and metadata stay as they
	 * are, and the content is synced first. Runs under the lock, and a crash leaves what
	 * attests the file as it was or renewed. To accept nothing but the content that was
	 * looked at, set its version as the {@linkplain WriteOptions.Builder#expectedVersion
	 * expected} one.
	 * @param file the file
	 * @return the result, with the version that was accepted; counts as a write for
	 * listeners
	 * @throws io.atomicwrite.ChecksumMissingException if it has no checksum, and the
	 * options ask for none
	 * @throws io.atomicwrite.TargetMissingException if it does not exist
	 * @throws io.atomicwrite.VersionConflictException if it has another version than the
	 * expected one
	 * @throws io.atomicwrite.TargetRejectedException if it is changed meanwhile
	 */
	default WriteResult accept(Path file) {
		return accept(file, defaults());
	}

	/**
	 * Makes the content that a file has the good one, as {@link #accept(Path)}.
	 * @param file the file
	 * @param changes changes to the configured options
	 * @return the result, with the version that was accepted
	 */
	default WriteResult accept(Path file, Consumer<WriteOptions.Builder> changes) {
		return accept(file, defaults().with(changes));
	}

	/**
	 * Makes the content that a file has the good one, as {@link #accept(Path)}.
	 * @param file the file
	 * @param options how to lock and which checksum to keep; a backup is not made
	 * @return the result, with the version that was accepted
	 */
	WriteResult accept(Path file, WriteOptions options);

}
