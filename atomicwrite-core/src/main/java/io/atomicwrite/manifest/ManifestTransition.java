package io.atomicwrite.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.LockLostException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.SidecarStep;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.manifest.Manifest.Entry;

/**
 * Changes the manifest of a file from one content to the next, in each spelling that it
 * has.
 */
final class ManifestTransition {

	private static final int READABLE = 0666;

	private final Tools tools;

	private final SidecarStep.Target target;

	private final ChangeScope scope;

	/** The manifests to write, and what is there. */
	private final Map<String, Optional<ManifestFile>> before = new LinkedHashMap<>();

	private final List<String> replaced = new ArrayList<>(0);

	ManifestTransition(Tools tools, SidecarStep.Target target, ChangeScope scope) {
		this.scope = scope;
		this.tools = tools;
		this.target = target;
	}

	/**
	 * Finds the manifests to write: existing ones, and one of the own spelling if it is
	 * asked for.
	 * @throws TargetRejectedException if the name of that one is taken
	 */
	void prepare(boolean asked) throws IOException {
		Directory directory = this.target.directory();
		CompanionNames spelling = this.tools.companions();
		String own = ManifestFile.name(directory, this.target.name(), spelling);
		// who hides nothing looks for what is not hidden, as for sidecars
		List<String> names = (asked || spelling == CompanionNames.HIDDEN)
				? ManifestFile.names(directory, this.target.name(), spelling) : List.of(own);
		for (String name : names) {
			Optional<ManifestFile> found = ManifestFile.read(directory, name);
			boolean wanted = asked && name.equals(own);
			if (wanted) {
				found.ifPresent(this::requireOurs);
			}
			if (wanted || found.filter((manifest) -> manifest.isOf(this.target.name())).isPresent()) {
				this.before.put(name, found);
			}
		}
	}

	private void requireOurs(ManifestFile found) {
		String namesake = this.tools.companions().namesake(this.target.name());
		if (found.text().isEmpty() || (!namesake.isEmpty() && found.isOf(namesake))) {
			Directory directory = this.target.directory();
			throw new TargetRejectedException(directory.path(this.target.name()), WritePhase.CHECK,
					TargetRejectedException.Reason.FOREIGN_SIDECAR,
					Problem.of("the file " + found.name() + " is not its manifest, and would be lost", Remedy.MOVE_AWAY)
						.at(directory.path(found.name())));
		}
	}

	boolean isEmpty() {
		return this.before.isEmpty();
	}

	/** What the existing manifests record of the file. */
	List<Entry> entries() {
		return this.before.values()
			.stream()
			.flatMap(Optional::stream)
			.filter((found) -> found.isOf(this.target.name()))
			.flatMap((found) -> found.entries().stream())
			.toList();
	}

	/**
	 * Replaces the manifests; the directory is to be synced by the caller.
	 * @param current of the new content
	 * @param previous of the old content
	 * @param create whether one that does not exist is made
	 */
	void replace(Entry current, Optional<Entry> previous, boolean create) throws IOException {
		for (Map.Entry<String, Optional<ManifestFile>> entry : this.before.entrySet()) {
			if (create || entry.getValue().isPresent()) {
				this.replaced.add(entry.getKey());
				put(entry.getKey(), new ManifestText(this.target.name(), current, previous).format());
			}
		}
	}

	/** What a manifest says of a file is for those alone who may read the file. */
	private void put(String manifest, byte[] text) throws IOException {
		StagingFile.create(this.tools, this.target.directory(), manifest, this.target.rights().createMode() & READABLE)
			.become(manifest, text, this.target.rights(), READABLE, this.scope);
	}

	/** Restores the former manifests after an operation that was not committed. */
	void undo() {
		for (String name : this.replaced) {
			try {
				Optional<ManifestFile> found = this.before.getOrDefault(name, Optional.empty());
				if (found.isPresent()) {
					put(name, found.get().content());
				}
				else {
					this.scope.ensureHeldIfFenced();
					ManifestFile.delete(this.target.directory(), name);
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

}
