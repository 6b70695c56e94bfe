package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.backup.Generations;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * Keeps the content that an operation is about to replace, as one step of its companions.
 */
final class BackupStep {

	private static final int ATTEMPTS = 1000;

	private static final int OWNER = 0600;

	private static final int READABLE = 0666;

	private final Tools tools;

	private final Site site;

	private final Place target;

	private final BackupPolicy policy;

	private final Directory directory;

	private final BackupCopy copies;

	private final SidecarStore sidecars;

	private final KnownContent old;

	/** The backup that was made, if there was no better one. */
	private Optional<Path> made = Optional.empty();

	/** Whether the backup took the place of another: it stays, whatever comes. */
	private boolean replacedAnother;

	private BackupStep(Tools tools, Site site, Directory directory, KnownContent old) {
		this.tools = tools;
		this.site = site;
		this.target = site.place();
		this.policy = site.options().backup();
		this.directory = directory;
		this.old = old;
		this.sidecars = new SidecarStore(tools.files());
		this.copies = new BackupCopy(tools, this.target, directory,
				(this.policy.mode() != null) ? OptionalInt.of(this.policy.mode()) : OptionalInt.empty());
	}

	/**
	 * Opens the directory of the backups, and creates it if it is missing: the last of a
	 * chain only, a backup directory is made once.
	 * @param old what is known of the content of the target
	 */
	static BackupStep open(Tools tools, Site site, KnownContent old) throws IOException {
		Path beside = site.place().directory().path();
		Path place = Generations.directory(site.place().path(), site.options().backup());
		if (place.equals(beside)) {
			return new BackupStep(tools, site, site.place().directory(), old);
		}
		if (tools.files().kind(place) == null) {
			create(tools.files(), place, site);
		}
		Directory directory = tools.files().open(tools.files().canonical(place));
		site.undo().always(directory::close);
		return new BackupStep(tools, site, directory, old);
	}

	private static void create(FileOps files, Path place, Site site) throws IOException {
		Directory above = files.open(files.canonical(Objects.requireNonNull(place.getParent())));
		site.undo().always(above::close);
		String name = place.getFileName().toString();
		try {
			above.createDirectory(name);
			site.undo().unlessCommitted(() -> above.delete(name));
		}
		catch (FileAlreadyExistsException ex) {
			// another writer was faster
		}
		site.changed().changed(above);
		site.changed().sync();
	}

	/**
	 * Makes the sidecars of a single backup true before and after it is replaced. Nothing
	 * for backups with a time in their names, which replace none.
	 */
	void announce() throws IOException {
		if (!this.policy.timestamped()) {
			String backup = singleName();
			if (!keepsAnother(backup)) {
				attest(backup);
			}
		}
	}

	private String singleName() throws IOException {
		return ArtifactNames.backup(this.target.name(), BackupGeneration.PLAIN, this.policy.suffix(), limit());
	}

	/** The last content that is known to be good is not replaced by damage. */
	private boolean keepsAnother(String backup) throws IOException {
		return this.old.isDamaged() && this.directory.kind(backup) != null;
	}

	/** Returns what makes the backup; it is durable once its directory is synced. */
	CompanionStep make() {
		return this.policy.timestamped() ? this::makeNext : this::makeSingle;
	}

	private void makeSingle() throws IOException {
		String backup = singleName();
		if (keepsAnother(backup)) {
			return;
		}
		boolean free = this.directory.kind(backup) == null;
		String link = this.copies.stagingName(backup);
		String staging = this.copies.link(link) ? link : this.copies.copy(backup);
		this.site.changed().changed(this.directory);
		try {
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
			this.site.undo().unlessCommitted(() -> this.copies.discard(backup));
		}
	}

	private void makeNext() throws IOException {
		BackupGeneration next = next();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String backup = ArtifactNames.backup(this.target.name(), next, this.policy.suffix(), limit());
			if (this.directory.kind(backup) == null && tryMake(backup)) {
				this.site.undo().unlessCommitted(() -> this.copies.discard(backup));
				this.site.changed().changed(this.directory);
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
		for (Backup newest : new Generations(this.tools.files()).of(this.target.path(), this.policy)) {
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
			this.directory.rename(copy, this.directory, backup);
			return true;
		}
		catch (Throwable ex) {
			this.copies.discard(copy);
			throw ex;
		}
	}

	private void attest(String backup) throws IOException {
		FileStat existing = Objects.requireNonNull(this.target.existing());
		SidecarTransition transition = new SidecarTransition(this.tools, this.directory, backup,
				(existing.mode() >= 0) ? existing.mode() & READABLE : OWNER);
		transition.prepareAll(this.site.options().checksum());
		if (transition.isEmpty()) {
			return;
		}
		this.old.read(transition.algorithms());
		SidecarTransition.Checksums before = SidecarTransition.Checksums.none();
		if (this.made.isEmpty() && this.directory.kind(backup) != null) {
			KnownContent replaced = new KnownContent(this.sidecars, this.directory, backup,
					this.site.options().checksum().algorithm());
			replaced.read(transition.algorithms());
			before = replaced::sound;
		}
		this.site.undo().unlessCommitted(() -> {
			if (!this.replacedAnother) {
				transition.undo();
			}
		});
		this.site.changed().changed(this.directory);
		transition.replace(this.old::expected, before);
	}

	private int limit() throws IOException {
		return NameLimit.of(this.tools.files(), this.directory.path(), this.target.name());
	}

	/** Returns the backup, unless the one that was there is the better one. */
	Optional<Path> made() {
		return this.made;
	}

	/**
	 * Deletes the generations beyond those that are kept, the oldest first: after the
	 * commit, so that none is missed.
	 */
	void prune() throws IOException {
		if (this.made.isEmpty() || this.policy.keep() == null) {
			return;
		}
		List<Backup> generations = new Generations(this.tools.files()).of(this.target.path(), this.policy)
			.stream()
			.filter((backup) -> !backup.generation().plain())
			.toList();
		for (int i = generations.size() - 1; i >= this.policy.keep(); i--) {
			String backup = generations.get(i).path().getFileName().toString();
			// the sidecar first: a crash between the two must not leave one of nothing
			for (ChecksumAlgorithm algorithm : SidecarStore.candidates(this.site.options().checksum().algorithm())) {
				SidecarStore.delete(this.directory, this.sidecars.name(this.directory, backup, algorithm));
			}
			this.directory.delete(backup);
		}
	}

}
