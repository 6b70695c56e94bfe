package io.atomicwrite.checksum;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.SidecarTransition.Checksums;
import io.atomicwrite.fs.Directory;

/**
 * The sidecars of a target, as one step of an operation that changes it: before the
 * commit they record the old content and the new. {@code docs/concepts/integrity.md}
 * explains the order. Nothing is synced here: the operation does that.
 */
public final class SidecarStep {

	private final Tools tools;

	private final ChangeScope scope;

	private final Target target;

	private final ChecksumPolicy policy;

	/** The checksums of the new content. */
	private final Checksums checksums;

	/** The content whose sidecars the commit makes pointless. */
	private final Optional<KnownContent> leaving;

	private final SidecarTransition transition;

	/** The content that is replaced, once it has been read. */
	private Optional<KnownContent> old = Optional.empty();

	private boolean staged;

	private SidecarStep(Tools tools, ChangeScope scope, Target target, ChecksumPolicy policy, Checksums checksums,
			Optional<KnownContent> leaving) {
		this.tools = tools;
		this.scope = scope;
		this.target = target;
		this.policy = policy;
		this.checksums = checksums;
		this.leaving = leaving;
		this.transition = new SidecarTransition(tools, target.directory, target.name, target.rights, scope);
	}

	/**
	 * Creates the step of a write, and finds out which digests the content needs.
	 * @param tools what names staging files
	 * @param scope the operation
	 * @param target the target
	 * @param policy which checksums are kept
	 * @param digests the digests of the new content; the required ones are added
	 * @return the step
	 * @throws IOException if the existing sidecars can't be read
	 */
	public static SidecarStep ofWrite(Tools tools, ChangeScope scope, Target target, ChecksumPolicy policy,
			ContentDigests digests) throws IOException {
		SidecarStep step = new SidecarStep(tools, scope, target, policy, digests::of, Optional.empty());
		step.transition.prepare(policy);
		step.transition.algorithms().forEach(digests::require);
		return step;
	}

	/**
	 * Creates the step of a move: sidecars that the file has under its old name come
	 * along.
	 * @param tools what names staging files
	 * @param scope the operation
	 * @param target the target
	 * @param policy which checksums are kept
	 * @param directory the directory of the source
	 * @param name the name of the source
	 * @return the step
	 * @throws IOException if the existing sidecars can't be read
	 */
	public static SidecarStep ofMove(Tools tools, ChangeScope scope, Target target, ChecksumPolicy policy,
			Directory directory, String name) throws IOException {
		KnownContent moved = new KnownContent(directory, name, policy.algorithm(), tools.companions());
		SidecarStep step = new SidecarStep(tools, scope, target, policy, moved::expected, Optional.of(moved));
		step.transition.prepare(policy);
		step.transition.require(moved.algorithms());
		return step;
	}

	/**
	 * Creates the step of a delete: no sidecar is made, and the existing ones are
	 * deleted.
	 * @param tools what names staging files
	 * @param scope the operation
	 * @param target the target
	 * @param policy which checksums are kept
	 * @return the step
	 * @throws IOException if the existing sidecars can't be read
	 */
	public static SidecarStep ofDelete(Tools tools, ChangeScope scope, Target target, ChecksumPolicy policy)
			throws IOException {
		return new SidecarStep(tools, scope, target, policy, Checksums.none(),
				Optional.of(new KnownContent(target.directory, target.name, policy.algorithm(), tools.companions())));
	}

	private KnownContent known(Directory directory, String name) throws IOException {
		return new KnownContent(directory, name, this.policy.algorithm(), this.tools.companions());
	}

	/**
	 * Returns whether there is a sidecar to write before the commit.
	 * @return whether {@link #replace()} changes anything
	 */
	public boolean isNeeded() {
		return !this.transition.isEmpty();
	}

	/**
	 * Reads the content that is moved or deleted, and the content that is replaced.
	 * @param hasContent whether the target has content that is replaced
	 * @throws IOException if it can't be read
	 */
	public void read(boolean hasContent) throws IOException {
		if (this.leaving.isPresent()) {
			this.leaving.get().read(this.transition.algorithms());
		}
		if (hasContent) {
			KnownContent known = new KnownContent(this.target.directory, this.target.name, this.policy.algorithm(),
					this.tools.companions(), this.transition::text);
			known.read(this.transition.algorithms());
			this.old = Optional.of(known);
		}
	}

	/**
	 * Returns the checksum that the content that is replaced has, if it was computed.
	 * @param algorithm the algorithm
	 * @return the checksum, empty if the content was not read for it
	 */
	public Optional<Checksum> old(ChecksumAlgorithm algorithm) {
		return this.old.flatMap((known) -> Optional.ofNullable(known.found(algorithm)));
	}

	/**
	 * Writes the new sidecars beside the existing ones, so that the disk has them when it
	 * gets the content. A failure of the operation deletes them.
	 * @throws IOException if that fails
	 */
	public void stage() throws IOException {
		if (!this.transition.isEmpty() && !this.staged) {
			this.staged = true;
			this.scope.unlessCommitted(this.transition::undo);
			this.transition.stage(this.checksums,
					this.old.<Checksums>map((known) -> known::sound).orElse(Checksums.none()));
		}
	}

	/**
	 * Replaces the sidecars. A failure of the operation restores them.
	 * @throws IOException if that fails
	 */
	public void replace() throws IOException {
		stage();
		if (!this.transition.isEmpty()) {
			this.scope.changed(this.target.directory);
			this.transition.replace();
		}
	}

	/**
	 * Returns whether the content that is replaced is damaged.
	 * @return whether a checksum contradicts it
	 */
	public boolean isDamaged() {
		return this.old.filter(KnownContent::isDamaged).isPresent();
	}

	/**
	 * Gives a copy of the content that is replaced the sidecars that it needs.
	 * @param copy where the copy is or will be
	 * @param replacing whether an existing file is about to be replaced by the copy,
	 * which the sidecars then record as well
	 * @param replaced whether that has happened, so that a failure of the operation must
	 * leave the sidecars as they are
	 * @throws IOException if they can't be written
	 */
	public void attestCopy(Target copy, boolean replacing, BooleanSupplier replaced) throws IOException {
		SidecarTransition sidecars = new SidecarTransition(this.tools, copy.directory, copy.name, copy.rights,
				this.scope);
		sidecars.prepareAll(this.policy);
		if (sidecars.isEmpty() || this.old.isEmpty()) {
			return;
		}
		KnownContent content = this.old.get();
		content.read(sidecars.algorithms());
		Checksums before = Checksums.none();
		if (replacing) {
			KnownContent existing = known(copy.directory, copy.name);
			existing.read(sidecars.algorithms());
			before = existing::sound;
		}
		this.scope.unlessCommitted(() -> {
			if (!replaced.getAsBoolean()) {
				sidecars.undo();
			}
		});
		this.scope.changed(copy.directory);
		sidecars.stage(content::expected, before);
		sidecars.replace();
	}

	/**
	 * Deletes the sidecars of a copy. To be called before the copy is deleted: a crash in
	 * between must not leave a sidecar without its file.
	 * @param directory the directory of the copy
	 * @param copy the name of the copy
	 * @throws IOException if one can't be deleted
	 */
	public void deleteOf(Directory directory, String copy) throws IOException {
		Sidecars.delete(directory, copy, this.policy.algorithm(), this.tools.companions());
	}

	/**
	 * Deletes, after the commit, the sidecars of a file that was moved or deleted. A
	 * failure is ignored.
	 */
	public void tidy() {
		this.leaving.ifPresent(KnownContent::delete);
	}

	/**
	 * A file that has sidecars.
	 *
	 * @param directory its directory
	 * @param name its name
	 * @param rights who may access the file, and its sidecars
	 */
	public record Target(Directory directory, String name, FileRights rights) {
	}

}
