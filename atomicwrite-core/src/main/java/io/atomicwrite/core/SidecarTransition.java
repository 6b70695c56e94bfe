package io.atomicwrite.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import io.atomicwrite.fs.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Changes the sidecars of a file from one content to the next. They are replaced,
 * durably, before the file is, and name both contents, so that a crash between the two
 * leaves a pair that verifies.
 */
final class SidecarTransition {

	private final Tools tools;

	private final SidecarStore store;

	private final Directory directory;

	private final String file;

	private final int mode;

	/** The texts before, of the sidecars that are to be written. */
	private final Map<ChecksumAlgorithm, Optional<String>> before = new LinkedHashMap<>();

	private final List<ChecksumAlgorithm> replaced = new ArrayList<>(0);

	SidecarTransition(Tools tools, Directory directory, String file, int mode) {
		this.tools = tools;
		this.store = new SidecarStore(tools.files());
		this.directory = directory;
		this.file = file;
		this.mode = mode;
	}

	/**
	 * Finds the sidecars that are to be written: the one that is asked for, and those
	 * that exist and would be wrong about the new content.
	 */
	void prepare(ChecksumPolicy policy) throws IOException {
		// a look costs a microsecond: one for those who keep no checksums
		prepare(policy, (policy.mode() == ChecksumPolicy.Mode.NONE) ? Set.of(policy.algorithm())
				: SidecarStore.candidates(policy.algorithm()));
	}

	/** Finds the sidecars by every usual algorithm, too, whatever the policy. */
	void prepareAll(ChecksumPolicy policy) throws IOException {
		prepare(policy, SidecarStore.candidates(policy.algorithm()));
	}

	private void prepare(ChecksumPolicy policy, Set<ChecksumAlgorithm> candidates) throws IOException {
		boolean asked = policy.mode() == ChecksumPolicy.Mode.SIDECAR;
		for (ChecksumAlgorithm algorithm : candidates) {
			String sidecar = this.store.name(this.directory, this.file, algorithm);
			String text = SidecarStore.read(this.directory, sidecar);
			Sidecar parsed = (text != null) ? Sidecar.parse(text, algorithm, this.file) : null;
			boolean wanted = asked && algorithm.equals(policy.algorithm());
			if (wanted && text != null && !Sidecar.isOfOneFile(text)) {
				throw new TargetRejectedException(this.directory.path(this.file), WritePhase.CHECK,
						TargetRejectedException.Reason.FOREIGN_SIDECAR,
						Problem
							.of("its sidecar " + sidecar + " has lines of other files, which would be lost",
									Remedy.MOVE_AWAY)
							.at(this.directory.path(sidecar)));
			}
			if (wanted || (text != null && parsed != null && Sidecar.isOfOneFile(text))) {
				this.before.put(algorithm, Optional.ofNullable(text));
			}
		}
	}

	/** Adds sidecars that the file has under another name. */
	void require(Set<ChecksumAlgorithm> algorithms) throws IOException {
		for (ChecksumAlgorithm algorithm : algorithms) {
			if (!this.before.containsKey(algorithm)) {
				String sidecar = this.store.name(this.directory, this.file, algorithm);
				this.before.put(algorithm, Optional.ofNullable(SidecarStore.read(this.directory, sidecar)));
			}
		}
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.before.keySet();
	}

	boolean isEmpty() {
		return this.before.isEmpty();
	}

	/**
	 * Replaces the sidecars; the directory is to be synced by the caller. Where nothing
	 * true can be said of the new content, there is no sidecar afterwards.
	 * @param checksums of the new content
	 * @param old of the content that is there now: it alone may be named as the one
	 * before, whatever an older sidecar says, and only if nothing contradicts it
	 */
	void replace(Checksums checksums, Checksums old) throws IOException {
		for (ChecksumAlgorithm algorithm : this.before.keySet()) {
			String sidecar = this.store.name(this.directory, this.file, algorithm);
			Checksum current = checksums.of(algorithm);
			this.replaced.add(algorithm);
			if (current == null) {
				SidecarStore.delete(this.directory, sidecar);
				continue;
			}
			Checksum previous = old.of(algorithm);
			String text = new Sidecar(this.file, current, current.equals(previous) ? null : previous).format();
			StagingFile.create(this.tools, this.directory, sidecar, this.mode)
				.become(sidecar, text.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Puts back what was there, after an operation that was not committed. */
	void undo() {
		for (ChecksumAlgorithm algorithm : this.replaced) {
			try {
				String sidecar = this.store.name(this.directory, this.file, algorithm);
				Optional<String> text = this.before.getOrDefault(algorithm, Optional.empty());
				if (text.isPresent()) {
					StagingFile.create(this.tools, this.directory, sidecar, this.mode)
						.become(sidecar, text.get().getBytes(StandardCharsets.UTF_8));
				}
				else {
					SidecarStore.delete(this.directory, sidecar);
				}
			}
			catch (IOException ex) {
				// it names the old content as well, and so is true as it is
			}
		}
		this.replaced.clear();
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
