package io.atomicwrite.checksum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.atomicwrite.LockLostException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Changes the sidecars of a file from one content to the next. They are replaced,
 * durably, before the file is, and name both contents, so that a crash between the two
 * leaves a pair that verifies.
 */
final class SidecarTransition {

	private static final int READABLE = 0666;

	private final Tools tools;

	private final Directory directory;

	private final String file;

	private final FileRights rights;

	private final ChangeScope scope;

	/** The texts before by name, of all sidecars that were looked for. */
	private final Map<String, Optional<String>> seen = new HashMap<>();

	/** The texts before, of the sidecars that are to be written. */
	private final Map<SidecarName, Optional<String>> before = new LinkedHashMap<>();

	/** The new ones that have not taken their names yet. */
	private final Map<SidecarName, StagingFile> staged = new LinkedHashMap<>(0);

	private final List<SidecarName> replaced = new ArrayList<>(0);

	/**
	 * Creates a transition.
	 * @param tools what names staging files
	 * @param directory the directory of the file
	 * @param file the name of the file
	 * @param rights who may access the file, and its sidecars
	 * @param scope the operation
	 */
	SidecarTransition(Tools tools, Directory directory, String file, FileRights rights, ChangeScope scope) {
		this.scope = scope;
		this.tools = tools;
		this.directory = directory;
		this.file = file;
		this.rights = rights;
	}

	/**
	 * Finds the sidecars to write: the one that the policy requires, and existing ones
	 * that the new content would make wrong.
	 * @param policy the policy
	 * @throws IOException if they can't be read
	 * @throws TargetRejectedException if the required one has lines of other files
	 */
	void prepare(ChecksumPolicy policy) throws IOException {
		if (policy.mode() == ChecksumPolicy.Mode.NONE && this.tools.companions() == CompanionNames.VISIBLE) {
			// a look costs a microsecond: one for those who keep no checksums
			prepare(policy,
					List.of(SidecarName.of(this.directory, this.file, policy.algorithm(), CompanionNames.VISIBLE)));
		}
		else {
			prepare(policy, all((policy.mode() == ChecksumPolicy.Mode.NONE) ? Set.of(policy.algorithm())
					: Sidecars.candidates(policy.algorithm())));
		}
	}

	/**
	 * Finds the sidecars to write, by every usual algorithm whatever the policy.
	 * @param policy the policy
	 * @throws IOException if they can't be read
	 * @throws TargetRejectedException if the required one has lines of other files
	 */
	void prepareAll(ChecksumPolicy policy) throws IOException {
		prepare(policy, all(Sidecars.candidates(policy.algorithm())));
	}

	private List<SidecarName> all(Set<ChecksumAlgorithm> algorithms) throws IOException {
		return SidecarName.all(this.directory, this.file, algorithms, this.tools.companions());
	}

	private void prepare(ChecksumPolicy policy, List<SidecarName> candidates) throws IOException {
		boolean asked = policy.mode() == ChecksumPolicy.Mode.SIDECAR;
		for (SidecarName sidecar : candidates) {
			String text = text(sidecar);
			Sidecar parsed = sidecar.parse(text);
			boolean wanted = asked && sidecar.algorithm().equals(policy.algorithm())
					&& sidecar.spelling() == this.tools.companions();
			if (wanted && text != null) {
				requireOurs(sidecar, text);
			}
			if (wanted || (text != null && parsed != null && Sidecar.isOfOneFile(text))) {
				this.before.put(sidecar, Optional.ofNullable(text));
			}
		}
	}

	/**
	 * Returns the text that a sidecar had when it was looked for first: the lease keeps
	 * others from changing it.
	 * @param sidecar the sidecar
	 * @return the text, or {@code null} if there is no such sidecar
	 * @throws IOException if it can't be read
	 */
	@Nullable String text(SidecarName sidecar) throws IOException {
		Optional<String> known = this.seen.get(sidecar.name());
		if (known == null) {
			known = Optional.ofNullable(Sidecars.read(this.directory, sidecar.name()));
			this.seen.put(sidecar.name(), known);
		}
		return known.orElse(null);
	}

	private void requireOurs(SidecarName sidecar, String text) {
		if (!Sidecar.isOfOneFile(text) || sidecar.isOfNamesake(text)) {
			throw new TargetRejectedException(this.directory.path(this.file), WritePhase.CHECK,
					TargetRejectedException.Reason.FOREIGN_SIDECAR,
					Problem
						.of("its sidecar " + sidecar.name() + " has lines of other files, which would be lost",
								Remedy.MOVE_AWAY)
						.at(this.directory.path(sidecar.name())));
		}
	}

	/**
	 * Adds sidecars that the file has under another name.
	 * @param algorithms their algorithms
	 * @throws IOException if the existing ones can't be read
	 */
	void require(Set<ChecksumAlgorithm> algorithms) throws IOException {
		for (ChecksumAlgorithm algorithm : algorithms) {
			SidecarName sidecar = SidecarName.of(this.directory, this.file, algorithm, this.tools.companions());
			if (!this.before.containsKey(sidecar)) {
				this.before.put(sidecar, Optional.ofNullable(text(sidecar)));
			}
		}
	}

	/**
	 * Returns the algorithms of the sidecars to write.
	 * @return the algorithms
	 */
	Set<ChecksumAlgorithm> algorithms() {
		return this.before.keySet().stream().map(SidecarName::algorithm).collect(Collectors.toSet());
	}

	/**
	 * Returns whether there is no sidecar to write.
	 * @return whether nothing has to be done
	 */
	boolean isEmpty() {
		return this.before.isEmpty();
	}

	/**
	 * Writes the new sidecars beside the existing ones. If nothing true can be recorded
	 * about the new content, there is to be no sidecar.
	 * @param checksums of the new content
	 * @param old of the existing content: it alone may be recorded as the previous one,
	 * whatever an older sidecar records, and only if nothing contradicts it
	 * @throws IOException if a sidecar can't be written
	 */
	void stage(Checksums checksums, Checksums old) throws IOException {
		for (SidecarName sidecar : this.before.keySet()) {
			Checksum current = checksums.of(sidecar.algorithm());
			if (current != null) {
				Checksum previous = old.of(sidecar.algorithm());
				String text = new Sidecar(this.file, current, current.equals(previous) ? null : previous).format();
				this.staged.put(sidecar, stage(sidecar.name(), text));
			}
		}
	}

	/** What a sidecar says of a file is for those alone who may read the file. */
	private StagingFile stage(String sidecar, String text) throws IOException {
		StagingFile staging = StagingFile.create(this.tools, this.directory, sidecar,
				this.rights.createMode() & READABLE);
		staging.prepare(text.getBytes(StandardCharsets.UTF_8), this.rights, READABLE);
		return staging;
	}

	/**
	 * Replaces the sidecars by those that were staged; the directory is to be synced by
	 * the caller.
	 * @throws IOException if a sidecar can't be replaced
	 */
	void replace() throws IOException {
		for (SidecarName sidecar : this.before.keySet()) {
			StagingFile made = this.staged.remove(sidecar);
			this.replaced.add(sidecar);
			if (made != null) {
				made.take(sidecar.name(), this.scope);
			}
			else {
				this.scope.ensureHeldIfFenced();
				Sidecars.delete(this.directory, sidecar.name());
			}
		}
	}

	/**
	 * Deletes what was staged, and restores the former sidecars after an operation that
	 * was not committed. A failure is ignored: a sidecar names the old content as well,
	 * and so is true as it is. One whose lease was lost leaves them to the next holder.
	 */
	void undo() {
		this.staged.values().forEach(SidecarTransition::discard);
		this.staged.clear();
		for (SidecarName sidecar : this.replaced) {
			try {
				Optional<String> text = this.before.getOrDefault(sidecar, Optional.empty());
				if (text.isPresent()) {
					stage(sidecar.name(), text.get()).take(sidecar.name(), this.scope);
				}
				else {
					this.scope.ensureHeldIfFenced();
					Sidecars.delete(this.directory, sidecar.name());
				}
			}
			catch (LockLostException ex) {
				// they belong to the next holder by now
				break;
			}
			catch (IOException ex) {
				// it names the old content as well, and so is true as it is
			}
		}
		this.replaced.clear();
	}

	private static void discard(StagingFile staging) {
		try {
			staging.discard();
		}
		catch (IOException ex) {
			// left to housekeeping
		}
	}

	/** Knows the checksums of a content. */
	@FunctionalInterface
	interface Checksums {

		/** Returns the checksum, or {@code null} if it was not computed. */
		@Nullable Checksum of(ChecksumAlgorithm algorithm);

		/** Of a content of which nothing is known. */
		static Checksums none() {
			return (algorithm) -> null;
		}

	}

}
