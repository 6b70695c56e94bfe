package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.IoErrors;

/**
 * Phase 8: what has to stand beside the target before the commit: the backup of the old
 * content, then the sidecars of the new. {@code docs/concepts/integrity.md} explains the
 * order. Nothing is synced here: the protocol runs the rounds, and syncs after each.
 */
final class Companions {

	private static final int READABLE = 0666;

	private final Tools tools;

	private final Site site;

	private final SidecarTransition.Checksums checksums;

	private final SidecarTransition sidecars;

	private final boolean backups;

	/** The content whose sidecars the commit makes pointless. */
	private final Optional<KnownContent> leaving;

	private Optional<BackupStep> backup = Optional.empty();

	private Companions(Tools tools, Site site, SidecarTransition.Checksums checksums, Optional<KnownContent> leaving,
			boolean backups) {
		this.tools = tools;
		this.site = site;
		this.checksums = checksums;
		this.leaving = leaving;
		this.backups = backups;
		Place place = site.place();
		this.sidecars = new SidecarTransition(tools, place.directory(), place.name(),
				MetadataPreserver.createMode(place.existing(), site.options()) & READABLE);
	}

	/**
	 * Those of a write: finds out which digests the content needs, before there is any.
	 */
	static Companions ofWrite(Tools tools, Site site, ContentDigests digests) throws IOException {
		Companions companions = new Companions(tools, site, digests, Optional.empty(),
				site.options().backup().enabled());
		companions.sidecars.prepare(site.options().checksum());
		companions.sidecars.algorithms().forEach(digests::require);
		return companions;
	}

	/** Those of a move: sidecars that the file has under its old name come along. */
	static Companions ofMove(Tools tools, Site site, Place source) throws IOException {
		KnownContent known = known(tools, source, site);
		Companions companions = new Companions(tools, site, known::expected, Optional.of(known),
				site.options().backup().enabled());
		companions.sidecars.prepare(site.options().checksum());
		companions.sidecars.require(known.algorithms());
		return companions;
	}

	/** Those of a delete: nothing is made, and the sidecars go. */
	static Companions ofDelete(Tools tools, Site site) throws IOException {
		return new Companions(tools, site, SidecarTransition.Checksums.none(),
				Optional.of(known(tools, site.place(), site)), false);
	}

	private static KnownContent known(Tools tools, Place place, Site site) throws IOException {
		return new KnownContent(new SidecarStore(tools.files()), place.directory(), place.name(),
				site.options().checksum().algorithm());
	}

	/** Whether anything has to be made. */
	boolean isNeeded() {
		return !this.sidecars.isEmpty() || isBackedUp();
	}

	private boolean isBackedUp() {
		return this.backups && this.site.place().hasContent();
	}

	/**
	 * Returns the steps, in rounds: what a round has changed must be durable before the
	 * next one begins.
	 */
	List<List<CompanionStep>> rounds() throws IOException {
		if (this.leaving.isPresent()) {
			this.leaving.get().read(this.sidecars.algorithms());
		}
		if (!this.site.place().hasContent()) {
			return List.of(List.of(() -> attest(SidecarTransition.Checksums.none())));
		}
		KnownContent old = known(this.tools, this.site.place(), this.site);
		old.read(this.sidecars.algorithms());
		CompanionStep sidecarsOfTarget = () -> attest(old::sound);
		if (!isBackedUp()) {
			return List.of(List.of(sidecarsOfTarget));
		}
		BackupStep step = BackupStep.open(this.tools, this.site, old);
		this.backup = Optional.of(step);
		return List.of(List.of(step::announce), List.of(step.make(), sidecarsOfTarget));
	}

	private void attest(SidecarTransition.Checksums old) throws IOException {
		if (!this.sidecars.isEmpty()) {
			this.site.undo().unlessCommitted(this.sidecars::undo);
			this.site.changed().changed(this.site.place().directory());
			this.sidecars.replace(this.checksums, old);
		}
	}

	Optional<Path> backup() {
		return this.backup.flatMap(BackupStep::made);
	}

	/** Deletes, after the commit, what nobody needs any more. */
	void tidy() {
		this.leaving.ifPresent(KnownContent::delete);
		try {
			if (this.backup.isPresent()) {
				this.backup.get().prune();
			}
		}
		catch (IOException ex) {
			this.site.grant().warnings().add("an old backup could not be deleted: " + IoErrors.text(ex));
		}
	}

}
