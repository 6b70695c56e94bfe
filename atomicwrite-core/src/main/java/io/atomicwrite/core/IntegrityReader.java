package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.ChecksumVerifier;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.ManifestReader;

/**
 * Reads what verifies: the file, or the last backup that is known to be good.
 */
final class IntegrityReader {

	private final FileOps files;

	private final TargetResolver resolver;

	private final FileReader reader;

	private final ChecksumVerifier verifier;

	private final ManifestReader manifests;

	private final BackupPolicy backups;

	private final CompanionNames companions;

	private final WriteListener listener;

	IntegrityReader(FileOps files, TargetResolver resolver, FileReader reader, ChecksumVerifier verifier,
			ManifestReader manifests, BackupPolicy backups, CompanionNames companions, WriteListener listener) {
		this.files = files;
		this.resolver = resolver;
		this.reader = reader;
		this.verifier = verifier;
		this.manifests = manifests;
		this.backups = backups;
		this.companions = companions;
		this.listener = listener;
	}

	ChecksumInfo verify(Path raw) {
		return reading(raw, () -> this.verifier.verify(this.resolver.readable(raw)));
	}

	byte[] readVerified(Path raw) {
		try {
			byte[] content = content(raw);
			this.listener.readVerified(this.resolver.absolute(raw));
			return content;
		}
		catch (ChecksumMismatchException ex) {
			this.listener.readDamaged(ex.target());
			throw ex;
		}
	}

	private byte[] content(Path raw) {
		return reading(raw, () -> this.verifier.read(this.resolver.readable(raw)).content());
	}

	/** Reads a backup, verified if it has a checksum. */
	byte[] readSound(Path backup) {
		requireSound(backup);
		return this.reader.read(backup);
	}

	private <T> T reading(Path raw, Read<T> read) {
		try {
			return read.run();
		}
		catch (ChecksumMismatchException ex) {
			this.listener.checksumFailed(ex.target());
			throw ex;
		}
		catch (IOException ex) {
			throw this.reader.unreadable(raw, ex);
		}
	}

	Checksum checksum(Path raw, ChecksumAlgorithm algorithm) {
		return reading(raw, () -> {
			try (InputStream in = this.files.openRead(this.resolver.readable(raw))) {
				return Checksum.of(algorithm, in);
			}
		});
	}

	Optional<ChecksumInfo> checksumInfo(Path raw) {
		return reading(raw, () -> {
			Path file = this.files.canonical(this.resolver.readable(raw));
			List<ChecksumInfo> sidecars = this.verifier.sidecars(file);
			return sidecars.isEmpty() ? Optional.ofNullable(this.verifier.attribute(file))
					: Optional.of(sidecars.get(0));
		});
	}

	Optional<Manifest> manifest(Path raw) {
		return reading(raw, () -> this.manifests.read(this.resolver.readable(raw)));
	}

	List<Backup> generations(Path raw, BackupPolicy policy) {
		return reading(raw, () -> {
			try {
				return Backup.list(this.files, this.resolver.named(raw), policy, this.companions);
			}
			catch (NoSuchFileException ex) {
				// a directory that does not exist has none
				return List.of();
			}
		});
	}

	/** Decodes the file, or the newest backup that verifies and can be decoded. */
	<T> LastKnownGood<T> lastKnownGood(Path raw, BiFunction<Path, byte[], T> decode) {
		Path file = this.resolver.absolute(raw);
		AtomicWriteException reason;
		try {
			T value = decode.apply(file, content(raw));
			this.listener.readVerified(file);
			return LastKnownGood.ofFile(value, file);
		}
		catch (AtomicWriteException ex) {
			reason = ex;
		}
		for (Backup backup : generations(raw, this.backups.enabled() ? this.backups : BackupPolicy.single())) {
			try {
				T value = decode.apply(file, content(backup.path()));
				this.listener.fellBack(file, backup.path(), reason);
				return LastKnownGood.ofBackup(value, backup.path(), reason);
			}
			catch (AtomicWriteException ex) {
				reason.addSuppressed(ex);
			}
		}
		if (reason instanceof ChecksumMismatchException) {
			this.listener.readDamaged(file);
		}
		throw reason;
	}

	/** Refuses a backup that is known to be damaged; one without a checksum may pass. */
	void requireSound(Path backup) {
		try {
			verify(backup);
		}
		catch (ChecksumMissingException ex) {
			// made without one
		}
	}

	/**
	 * The options of a restore. What it replaces is kept under a name with a time: it may
	 * be damaged, and must not take the place of what is restored before the commit.
	 */
	WriteOptions restoring(Path backup, WriteOptions given) {
		WriteOptions.Builder options = given.toBuilder()
			.overwrite(true)
			.expectedVersion(null)
			.backup(given.backup().with((changes) -> changes.enabled(true).timestamped(true).keep(null)));
		if (this.files.capabilities().contains(Capability.POSIX_METADATA)) {
			// the umask is asked for where the filesystem lets nobody set a mode
			options.mode(given.mode().equals(ModePolicy.umask()) ? given.mode() : ModePolicy.preserve())
				.rightsOf(backup);
		}
		return options.build();
	}

	@FunctionalInterface
	private interface Read<T> {

		T run() throws IOException;

	}

}
