package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.backup.BackupStep;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.checksum.SidecarStep;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.manifest.ManifestStep;

/**
 * Phase 8: what has to stand beside the target before the commit: the backup of the old
 * content, then sidecars and manifest of the new. {@code docs/concepts/integrity.md}
 * explains the order. Nothing is synced here: the protocol runs the rounds, and syncs
 * after each.
 */
final class Companions {

	private final Tools tools;

	private final Site site;

	private final SidecarStep sidecars;

	private final ManifestStep manifest;

	private final boolean backups;

	private Optional<BackupStep> backup = Optional.empty();

	private boolean read;

	private Companions(Tools tools, Site site, SidecarStep sidecars, ManifestStep manifest, boolean backups) {
		this.tools = tools;
		this.site = site;
		this.sidecars = sidecars;
		this.manifest = manifest;
		this.backups = backups;
	}

	/**
	 * Those of a write: finds out which digests the content needs, before there is any.
	 * @param rights of the file, which its sidecars get as well
	 */
	static Companions ofWrite(Tools tools, Site site, ContentDigests digests, FileRights rights,
			ManifestStep.Memory memory) throws IOException {
		SidecarStep.Target target = target(site, rights);
		return new Companions(tools, site, SidecarStep.ofWrite(tools, site, target, site.options().checksum(), digests),
				ManifestStep.ofWrite(subject(tools, site, target), digests, memory), site.options().backup().enabled());
	}

	/** The digests that the options of a write ask for. */
	static ContentDigests digests(WriteOptions options) {
		ContentDigests digests = new ContentDigests();
		if (options.digest() || options.expectedVersion().isPresent()) {
			digests.require(ChecksumAlgorithm.SHA_256);
		}
		if (options.checksum().mode() == ChecksumPolicy.Mode.ATTRIBUTE) {
			digests.require(options.checksum().algorithm());
		}
		return digests;
	}

	/** Those of a move: sidecars that the file has under its old name come along. */
	static Companions ofMove(Tools tools, Site site, Place source) throws IOException {
		SidecarStep.Target target = target(site, NewFileRights.like(source));
		return new Companions(tools, site,
				SidecarStep.ofMove(tools, site, target, site.options().checksum(), source.directory(), source.name()),
				ManifestStep.ofMove(subject(tools, site, target), source.directory(), source.name()),
				site.options().backup().enabled());
	}

	/** Those of a delete: nothing is made, and the sidecars go. */
	static Companions ofDelete(Tools tools, Site site) throws IOException {
		SidecarStep.Target target = target(site, NewFileRights.like(site.place()));
		return new Companions(tools, site, SidecarStep.ofDelete(tools, site, target, site.options().checksum()),
				ManifestStep.ofDelete(subject(tools, site, target)), false);
	}

	private static ManifestStep.Subject subject(Tools tools, Site site, SidecarStep.Target target) {
		return new ManifestStep.Subject(tools, site, target, Optional.ofNullable(site.place().existing()),
				site.options().stamp());
	}

	private static SidecarStep.Target target(Site site, FileRights rights) {
		return new SidecarStep.Target(site.place().directory(), site.place().name(), rights);
	}

	/** Whether anything has to be made. */
	boolean isNeeded() {
		return this.sidecars.isNeeded() || this.manifest.isNeeded() || isBackedUp();
	}

	private boolean isBackedUp() {
		return this.backups && this.site.place().hasContent();
	}

	/** Reads what the steps need to know of the content that is replaced. */
	void read() throws IOException {
		if (!this.read) {
			this.read = true;
			this.sidecars.read(this.site.place().hasContent());
			this.manifest.read(this.sidecars);
		}
	}

	/** Writes what can be written before the content is synced, to be synced with it. */
	void stage() throws IOException {
		read();
		this.sidecars.stage();
	}

	/**
	 * Returns the steps, in rounds: what a round has changed must be durable before the
	 * next one begins.
	 */
	List<List<ChangeScope.Step>> rounds() throws IOException {
		read();
		if (!isBackedUp()) {
			return List.of(List.of(this.sidecars::replace, this.manifest::replace));
		}
		Place place = this.site.place();
		BackupPolicy policy = this.site.options().backup();
		FileRights rights = new NewFileRights(place,
				(policy.mode() != null) ? ModePolicy.exactly(policy.mode()) : ModePolicy.preserve(), MetadataPolicy.TRY,
				MetadataPolicy.TRY);
		BackupStep step = BackupStep.open(this.tools, this.site,
				new BackupStep.Source(place.directory(), place.name(), rights, this.sidecars), policy);
		this.backup = Optional.of(step);
		return List.of(List.of(step::announce), List.of(step.make(), this.sidecars::replace, this.manifest::replace));
	}

	Optional<Path> backup() {
		return this.backup.flatMap(BackupStep::made);
	}

	/** Notes, after the commit of a write, what the next one need not look for. */
	void committed(FileStat made) {
		this.manifest.committed(made);
	}

	/** Deletes, after the commit, what nobody needs any more. */
	void tidy() {
		this.sidecars.tidy();
		this.manifest.tidy();
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
