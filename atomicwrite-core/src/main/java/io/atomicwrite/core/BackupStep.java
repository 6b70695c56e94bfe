package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.backup.Generations;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the content that a write is about to replace. A hard link costs nothing and is
 * safe, because targets are replaced and never changed in place; where it can't be had,
 * or the backup is to have a mode of its own, the content is copied.
 */
final class BackupStep {

	private static final int ATTEMPTS = 1000;

	private static final int OWNER = 0600;

	/** Setuid and setgid, where there is a mode at all. */
	private static final int SET_IDS = 06000;

	private static final int BUFFER = 64 * 1024;

	private final FileOps files;

	private final LongSupplier tokens;

	private final InstantSource clock;

	private final SidecarStore sidecars;

	private final BackupPolicy policy;

	private final ChecksumPolicy checksum;

	private final Target target;

	/** The backup, if its name was free before. */
	private @Nullable Path created;

	private @Nullable SidecarTransition attested;

	private boolean made;

	private @Nullable Path createdDirectory;

	BackupStep(FileOps files, LongSupplier tokens, InstantSource clock, WriteOptions options, Target target) {
		this.files = files;
		this.tokens = tokens;
		this.clock = clock;
		this.sidecars = new SidecarStore(files);
		this.policy = options.backup();
		this.checksum = options.checksum();
		this.target = target;
	}

	/**
	 * Makes the backup, durable once its directory is synced.
	 * @param old what is known of the old content
	 * @return the backup, or {@code null} if the one that is there is the better one
	 */
	@Nullable Path make(FileStat existing, CarriedSidecars old) throws IOException {
		Path directory = Generations.directory(this.target.path(), this.policy);
		createDirectory(directory);
		return this.policy.timestamped() ? makeNext(directory, existing, old) : makeSingle(directory, existing, old);
	}

	/**
	 * Creates missing directories, the last of a chain only: a backup directory is made
	 * once.
	 */
	private void createDirectory(Path directory) throws IOException {
		if (this.files.kind(directory) == null) {
			try {
				this.files.createDirectory(directory);
				this.createdDirectory = directory;
			}
			catch (FileAlreadyExistsException ex) {
				// another writer was faster
			}
			sync(directory.getParent());
		}
	}

	private @Nullable Path makeSingle(Path directory, FileStat existing, CarriedSidecars old) throws IOException {
		Path backup = directory.resolve(ArtifactNames.backup(this.target.name(), BackupGeneration.PLAIN,
				this.policy.suffix(), limit(directory)));
		boolean free = this.files.kind(backup) == null;
		if (!free && old.isDamaged()) {
			// the last content that is known to be good
			return null;
		}
		attest(backup, existing, old);
		Path staging = linkOrCopy(directory, backup, existing);
		try {
			this.files.rename(staging, backup);
			replaced(backup, free);
		}
		catch (Throwable ex) {
			// a server may have done what it reports as failed
			if (this.files.kind(staging) == null) {
				replaced(backup, free);
			}
			discard(staging);
			throw ex;
		}
		// rename(2): between two names of one file it does nothing, and both stay
		discard(staging);
		return backup;
	}

	private void replaced(Path backup, boolean free) {
		this.made = true;
		this.created = free ? backup : null;
	}

	private Path makeNext(Path directory, FileStat existing, CarriedSidecars old) throws IOException {
		BackupGeneration next = next();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Path backup = directory
				.resolve(ArtifactNames.backup(this.target.name(), next, this.policy.suffix(), limit(directory)));
			if (this.files.kind(backup) == null && tryMake(directory, backup, existing)) {
				this.made = true;
				this.created = backup;
				attest(backup, existing, old);
				return backup;
			}
			next = new BackupGeneration(next.made(), next.sequence() + 1);
		}
		throw new FileAlreadyExistsException(directory.toString(), null, "no free name for a backup of this second");
	}

	/**
	 * After every other, also where names of this second were freed or the clock was set
	 * back.
	 */
	private BackupGeneration next() throws IOException {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		for (Backup newest : new Generations(this.files).of(this.target.path(), this.policy)) {
			Instant made = newest.generation().made();
			if (made != null) {
				return made.isBefore(now) ? new BackupGeneration(now, 1)
						: new BackupGeneration(made, newest.generation().sequence() + 1);
			}
		}
		return new BackupGeneration(now, 1);
	}

	private boolean tryMake(Path directory, Path backup, FileStat existing) throws IOException {
		if (canLink(directory)) {
			try {
				this.files.linkNew(this.target.path(), backup);
				return true;
			}
			catch (FileAlreadyExistsException ex) {
				return false;
			}
			catch (IOException ex) {
				requireCopyable(ex);
			}
		}
		// cooperating writers hold the lease, so the name is still free
		Path copy = copy(directory, backup, existing);
		try {
			this.files.rename(copy, backup);
			return true;
		}
		catch (Throwable ex) {
			discard(copy);
			throw ex;
		}
	}

	private Path linkOrCopy(Path directory, Path backup, FileStat existing) throws IOException {
		if (canLink(directory)) {
			Path staging = directory.resolve(
					ArtifactNames.staging(backup.getFileName().toString(), this.tokens.getAsLong(), limit(directory)));
			try {
				this.files.linkNew(this.target.path(), staging);
				return staging;
			}
			catch (IOException ex) {
				requireCopyable(ex);
			}
		}
		return copy(directory, backup, existing);
	}

	/** A missing target or a full disk would fail the copy too. */
	private static void requireCopyable(IOException linkFailure) throws IOException {
		IoErrors.Kind kind = IoErrors.classify(linkFailure);
		if (linkFailure instanceof NoSuchFileException || kind == IoErrors.Kind.NO_SPACE) {
			throw linkFailure;
		}
	}

	private boolean canLink(Path directory) throws IOException {
		return this.policy.mode() == null
				&& this.files.mount(directory).point().equals(this.files.mount(this.target.directory()).point());
	}

	private Path copy(Path directory, Path backup, FileStat existing) throws IOException {
		// a copy belongs to this process, which the set-id bits were not meant for
		int mode = (this.policy.mode() != null) ? this.policy.mode() : existing.mode() & ~SET_IDS;
		StagingFile staging = StagingFile.create(this.files, directory, backup.getFileName().toString(),
				(mode >= 0) ? mode & 0700 : 0600, this.tokens);
		try (InputStream in = this.files.openRead(this.target.path())) {
			staging.markAlive();
			byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				staging.write(ByteBuffer.wrap(buffer, 0, read));
			}
			carryAttributes(staging.path());
			if (mode >= 0) {
				this.files.setMode(staging.path(), mode);
			}
			staging.sync();
			staging.close();
			return staging.path();
		}
		catch (Throwable ex) {
			staging.discard();
			throw ex;
		}
	}

	/** A link has them anyway; without its checksum a copy could not be verified. */
	private void carryAttributes(Path copy) throws IOException {
		try {
			for (Map.Entry<String, byte[]> attribute : this.files.userAttributes(this.target.path()).entrySet()) {
				this.files.setUserAttribute(copy, attribute.getKey(), attribute.getValue());
			}
		}
		catch (IOException ex) {
			IoErrors.Kind kind = IoErrors.classify(ex);
			if (kind != IoErrors.Kind.NOT_SUPPORTED && kind != IoErrors.Kind.ACCESS_DENIED) {
				throw ex;
			}
		}
	}

	/** Makes the sidecars of the backup true before and after it is replaced. */
	private void attest(Path backup, FileStat existing, CarriedSidecars old) throws IOException {
		SidecarTransition transition = new SidecarTransition(this.sidecars, this.tokens, backup);
		transition.prepareAll(this.checksum);
		if (transition.isEmpty()) {
			return;
		}
		this.attested = transition;
		old.read(transition.algorithms());
		if (!this.made && this.files.kind(backup) != null) {
			CarriedSidecars before = new CarriedSidecars(this.files, this.sidecars, backup, this.checksum.algorithm());
			before.read(transition.algorithms());
			transition.replacing(before);
		}
		transition.replace(old::expected, (existing.mode() >= 0) ? existing.mode() & 0666 : OWNER);
		sync(backup.getParent());
	}

	/**
	 * Takes a backup back whose write was not committed. One that replaced another stays:
	 * it holds the content of the target.
	 */
	void undo() {
		if (this.created != null) {
			discard(this.created);
		}
		if (this.attested != null && (this.created != null || !this.made)) {
			this.attested.undo(OWNER);
		}
		if (this.createdDirectory != null) {
			try {
				this.files.delete(this.createdDirectory);
			}
			catch (IOException ex) {
				// not empty: another writer uses it by now
			}
		}
	}

	private int limit(Path directory) throws IOException {
		return NameLimit.of(this.files, directory, this.target.name());
	}

	void sync(@Nullable Path directory) throws IOException {
		if (directory != null) {
			Directories.sync(this.files, directory);
		}
	}

	private void discard(Path staging) {
		try {
			if (this.files.kind(staging) != null) {
				this.files.delete(staging);
			}
		}
		catch (IOException ex) {
			// an orphan then, which housekeeping knows
		}
	}

	/** Deletes the generations beyond those that are kept, the oldest first. */
	void prune() throws IOException {
		if (this.policy.keep() == null) {
			return;
		}
		List<Backup> generations = new Generations(this.files).of(this.target.path(), this.policy)
			.stream()
			.filter((backup) -> !backup.generation().plain())
			.toList();
		for (int i = generations.size() - 1; i >= this.policy.keep(); i--) {
			Path backup = generations.get(i).path();
			// the sidecar first: a crash between the two must not leave one of nothing
			for (ChecksumAlgorithm algorithm : SidecarStore.candidates(this.checksum.algorithm())) {
				this.sidecars.delete(this.sidecars.path(backup, algorithm));
			}
			this.files.delete(backup);
		}
	}

}
