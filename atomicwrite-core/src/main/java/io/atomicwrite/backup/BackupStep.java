package io.atomicwrite.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.LockLostException;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.artifact.StagingRevocation;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.SidecarStep;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;

/**
 * Keeps the content that an operation is about to replace, as one step of its companions.
 */
public final class BackupStep {

	private static final int ATTEMPTS = 1000;

	private final Tools tools;

	private final ChangeScope scope;

	private final Source source;

	private final BackupPolicy policy;

	private final Directory directory;

	private final BackupCopy copies;

	/** The backup that was made, if there was no better one. */
	private Optional<Path> made = Optional.empty();

	/** Whether the backup took the place of another: it stays, whatever comes. */
	private boolean replacedAnother;

	private BackupStep(Tools tools, ChangeScope scope, Source source, Directory directory, BackupPolicy policy) {
		this.tools = tools;
		this.scope = scope;
		this.source = source;
		this.policy = policy;
		this.directory = directory;
		this.copies = new BackupCopy(tools, scope, source, directory, policy.mode() != null);
	}

	/**
	 * Opens the directory of the backups, and creates it if it is missing: the last of a
	 * chain only, a backup directory is made once.
	 * @param tools what names and creates the files
	 * @param scope the operation
	 * @param source the content to back up
	 * @param policy where the backup goes
	 * @return the step
	 * @throws IOException if the directory can't be opened or created
	 */
	public static BackupStep open(Tools tools, ChangeScope scope, Source source, BackupPolicy policy)
			throws IOException {
		Path beside = source.directory().path();
		Path place = policy.directoryFor(source.path());
		if (place.equals(beside)) {
			return new BackupStep(tools, scope, source, source.directory(), policy);
		}
		if (tools.files().kind(place) == null) {
			create(tools.files(), place, scope);
		}
		Directory directory = tools.files().open(CanonicalTarget.directory(tools.files(), place));
		scope.always(directory::close);
		if (scope.isFenced()) {
			// who acquired the lock has revoked the staging files beside the target alone
			StagingRevocation.revoke(directory, source.name(), tools.tokens());
		}
		return new BackupStep(tools, scope, source, directory, policy);
	}

	private static void create(FileOps files, Path place, ChangeScope scope) throws IOException {
		Directory above = files.open(CanonicalTarget.directory(files, Objects.requireNonNull(place.getParent())));
		scope.always(above::close);
		String name = place.getFileName().toString();
		try {
			above.createDirectory(name);
			scope.unlessCommitted(() -> above.delete(name));
		}
		catch (FileAlreadyExistsException ex) {
			// another writer was faster
		}
		scope.changed(above);
		scope.sync();
	}

	/**
	 * Makes the sidecars of a single backup true before and after it is replaced. Does
	 * nothing for backups with a time in their names, which replace none.
	 * @throws IOException if they can't be replaced
	 */
	public void announce() throws IOException {
		if (!this.policy.timestamped()) {
			String backup = singleName();
			if (!keepsAnother(backup)) {
				attest(backup);
			}
		}
	}

	private String singleName() throws IOException {
		return ArtifactNames.backup(this.tools.companions(), this.source.name(), BackupGeneration.PLAIN,
				this.policy.suffix(), limit());
	}

	/** The last content that is known to be good is not replaced by damage. */
	private boolean keepsAnother(String backup) throws IOException {
		return this.source.sidecars().isDamaged() && this.directory.kind(backup) != null;
	}

	/**
	 * Returns the step that makes the backup. The backup is durable once its directory is
	 * synced.
	 * @return the step
	 */
	public ChangeScope.Step make() {
		ChangeScope.Step step = this.policy.timestamped() ? this::makeNext : this::makeSingle;
		return () -> located(step);
	}

	/** An error of write(2) names no file, and the full filesystem is another one. */
	private void located(ChangeScope.Step step) throws IOException {
		try {
			step.run();
		}
		catch (FileSystemException ex) {
			throw ex;
		}
		catch (IOException ex) {
			FileSystemException located = new FileSystemException(this.directory.path().toString(), null,
					IoErrors.text(ex));
			located.initCause(ex);
			throw located;
		}
	}

	private void makeSingle() throws IOException {
		String backup = singleName();
		if (keepsAnother(backup)) {
			return;
		}
		boolean free = this.directory.kind(backup) == null;
		String link = this.copies.stagingName(backup);
		String staging = this.copies.link(link) ? link : this.copies.copy(backup);
		this.scope.changed(this.directory);
		try {
			this.scope.ensureHeldIfFenced();
			this.directory.rename(staging, this.directory, backup);
			replaced(backup, free);
		}
		catch (Throwable ex) {
			// a server may have done what it reports as failed
			if (this.directory.kind(staging) == null) {
				replaced(backup, free);
			}
			this.copies.discard(staging);
			throw ex;
		}
		// rename(2): between two names of one file it does nothing, and both stay
		this.copies.discard(staging);
		this.made = Optional.of(this.directory.path(backup));
	}

	private void replaced(String backup, boolean free) {
		this.replacedAnother = !free;
		if (free) {
			this.scope.unlessCommitted(() -> takeBack(backup));
		}
	}

	/** One whose lease was lost leaves the name to the next holder. */
	private void takeBack(String backup) throws IOException {
		try {
			this.scope.ensureHeldIfFenced();
		}
		catch (LockLostException ex) {
			return;
		}
		this.copies.discard(backup);
	}

	private void makeNext() throws IOException {
		BackupGeneration next = next();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String backup = ArtifactNames.backup(this.tools.companions(), this.source.name(), next,
					this.policy.suffix(), limit());
			if (this.directory.kind(backup) == null && tryMake(backup)) {
				this.scope.unlessCommitted(() -> takeBack(backup));
				this.scope.changed(this.directory);
				this.made = Optional.of(this.directory.path(backup));
				attest(backup);
				return;
			}
			next = new BackupGeneration(next.made(), next.sequence() + 1);
		}
		throw new FileAlreadyExistsException(this.directory.toString(), null,
				"no free name for a backup of this second");
	}

	/**
	 * After every other, also where names of this second were freed or the clock was set
	 * back.
	 */
	private BackupGeneration next() throws IOException {
		Instant now = this.tools.clock().instant().truncatedTo(ChronoUnit.SECONDS);
		for (Backup newest : generations().of(this.source.path(), this.policy)) {
			Instant made = newest.generation().made();
			if (made != null) {
				return made.isBefore(now) ? new BackupGeneration(now, 1)
						: new BackupGeneration(made, newest.generation().sequence() + 1);
			}
		}
		return new BackupGeneration(now, 1);
	}

	private boolean tryMake(String backup) throws IOException {
		try {
			if (this.copies.link(backup)) {
				return true;
			}
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
		// cooperating writers hold the lease, so the name is still free
		String copy = this.copies.copy(backup);
		try {
			this.scope.ensureHeldIfFenced();
			this.directory.rename(copy, this.directory, backup);
			return true;
		}
		catch (Throwable ex) {
			this.copies.discard(copy);
			throw ex;
		}
	}

	private void attest(String backup) throws IOException {
		this.source.sidecars()
			.attestCopy(new SidecarStep.Target(this.directory, backup, this.source.rights()),
					this.made.isEmpty() && this.directory.kind(backup) != null, () -> this.replacedAnother);
	}

	private Generations generations() {
		return new Generations(this.tools.files(), this.tools.companions());
	}

	private int limit() throws IOException {
		return NameLimit.of(this.directory, this.source.name());
	}

	/**
	 * Returns the backup that was made.
	 * @return the backup, or empty if the existing one was kept because the content is
	 * damaged
	 */
	public Optional<Path> made() {
		return this.made;
	}

	/**
	 * Deletes the generations beyond the number to keep, the oldest first. To be called
	 * after the commit, so that none is missed.
	 * @throws IOException if one can't be deleted
	 */
	public void prune() throws IOException {
		Integer keep = this.policy.keep();
		if (this.made.isPresent() && keep != null) {
			generations().prune(this.directory, this.source.path(), this.policy, keep, this.source.sidecars());
		}
	}

	/**
	 * The content to back up. Immutable.
	 *
	 * @param directory the directory of the target
	 * @param name the name of the target
	 * @param rights who may access the backup
	 * @param sidecars its sidecars
	 */
	public record Source(Directory directory, String name, FileRights rights, SidecarStep sidecars) {

		Path path() {
			return this.directory.path(this.name);
		}

	}

}
