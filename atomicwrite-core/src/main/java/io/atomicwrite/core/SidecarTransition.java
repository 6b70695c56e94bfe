package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Sidecar;
import org.jspecify.annotations.Nullable;

/**
 * Takes the sidecars of a file from one content to the next. They are replaced, durably,
 * before the file is, and name both contents, so that a crash between the two leaves a
 * pair that verifies.
 */
final class SidecarTransition {

	private final SidecarStore store;

	private final LongSupplier tokens;

	private final Path file;

	private final Set<ChecksumAlgorithm> algorithms = new LinkedHashSet<>();

	/** The texts before. */
	private final Map<Path, @Nullable String> texts = new LinkedHashMap<>();

	private final List<Path> replaced = new ArrayList<>(0);

	private @Nullable CarriedSidecars old;

	SidecarTransition(SidecarStore store, LongSupplier tokens, Path file) {
		this.store = store;
		this.tokens = tokens;
		this.file = file;
	}

	/**
	 * Finds the sidecars that are to be written: the one that is asked for, and those
	 * that are there, which would lie otherwise.
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
			Path sidecar = this.store.path(this.file, algorithm);
			String text = this.store.read(sidecar);
			Sidecar parsed = (text != null) ? Sidecar.parse(text, algorithm, name()) : null;
			boolean wanted = asked && algorithm.equals(policy.algorithm());
			if (wanted && text != null && !Sidecar.isOfOneFile(text)) {
				throw new TargetRejectedException(this.file, WritePhase.CHECK, "its sidecar " + sidecar.getFileName()
						+ " has lines of other files, which would be lost; nothing was written, move it elsewhere",
						null);
			}
			if (wanted || (text != null && parsed != null && Sidecar.isOfOneFile(text))) {
				this.algorithms.add(algorithm);
				this.texts.put(sidecar, text);
			}
		}
	}

	/** Adds sidecars that the file has under another name. */
	void require(Set<ChecksumAlgorithm> algorithms) throws IOException {
		for (ChecksumAlgorithm algorithm : algorithms) {
			if (this.algorithms.add(algorithm)) {
				Path sidecar = this.store.path(this.file, algorithm);
				this.texts.put(sidecar, this.store.read(sidecar));
			}
		}
	}

	Set<ChecksumAlgorithm> algorithms() {
		return this.algorithms;
	}

	private String name() {
		return this.file.getFileName().toString();
	}

	boolean isEmpty() {
		return this.algorithms.isEmpty();
	}

	void require(ContentDigests digests) {
		for (ChecksumAlgorithm algorithm : this.algorithms) {
			digests.require(algorithm);
		}
	}

	/**
	 * Says what is known of the content that is at the target now: it alone may be named
	 * as the one before, whatever an older sidecar says, and only if nothing contradicts
	 * it.
	 */
	void replacing(CarriedSidecars old) {
		this.old = old;
	}

	/**
	 * Replaces the sidecars; the directory is to be synced by the caller. Where nothing
	 * true can be said of the new content, there is no sidecar afterwards.
	 */
	void replace(Checksums checksums, int mode) throws IOException {
		for (ChecksumAlgorithm algorithm : this.algorithms) {
			Path sidecar = this.store.path(this.file, algorithm);
			Checksum current = checksums.of(algorithm);
			this.replaced.add(sidecar);
			if (current != null) {
				this.store.replace(sidecar, new Sidecar(name(), current, previous(algorithm, current)).format(), mode,
						this.tokens);
			}
			else {
				this.store.delete(sidecar);
			}
		}
	}

	private @Nullable Checksum previous(ChecksumAlgorithm algorithm, Checksum current) {
		if (this.old == null || this.old.isDamaged()) {
			return null;
		}
		Checksum found = this.old.found(algorithm);
		return current.equals(found) ? null : found;
	}

	/** Puts back what was there, after a write that was not committed. */
	void undo(int mode) {
		for (Path sidecar : this.replaced) {
			try {
				String text = this.texts.get(sidecar);
				if (text != null) {
					this.store.replace(sidecar, text, mode, this.tokens);
				}
				else {
					this.store.delete(sidecar);
				}
			}
			catch (IOException ex) {
				// it names the old content as well, and so is true as it is
			}
		}
		this.replaced.clear();
	}

	/** Knows the checksums of the new content. */
	@FunctionalInterface
	interface Checksums {

		/** Returns the checksum, or {@code null} if it was not computed. */
		@Nullable Checksum of(ChecksumAlgorithm algorithm);

	}

}
