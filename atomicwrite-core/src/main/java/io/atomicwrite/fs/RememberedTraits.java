package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.fs.TraitLooks.Seen;
import io.atomicwrite.fs.TraitLooks.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The traits of the files of this machine: from memory, or by a look.
 */
final class RememberedTraits {

	private final TraitMemory memory = new TraitMemory(InstantSource.system(), KernelRelease.running());

	private final TraitLooks looks;

	RememberedTraits(TraitLooks looks) {
		this.looks = looks;
	}

	FileTraits of(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		if (wanted.isEmpty()) {
			return FileTraits.NONE;
		}
		TraitMemory.@Nullable Known known = this.memory.find(file, stat);
		Set<FileTrait> open = (known != null) ? known.open(wanted) : wanted;
		if (known != null && open.isEmpty()) {
			return known.traits().only(wanted);
		}
		boolean settled = this.memory.isSettled(stat, mount);
		Optional<Subject> directory = TraitLooks.isListed(open) ? directoryToList(file, stat) : Optional.empty();
		boolean directorySettled = directory.isPresent() && this.memory.isSettled(directory.get().stat(), mount);
		Seen seen = this.looks.look(new Subject(file, stat), open, directory, mount);
		FileTraits found = seen.file();
		Set<FileTrait> looked = answered(TraitLooks.shownBy(open), found, mount);
		if (known != null) {
			found = known.traits().with(found, looked);
			looked.addAll(known.looked());
		}
		remember(file, stat, found, looked, settled, known != null && known.bare());
		if (directory.isPresent() && seen.directory().isPresent()) {
			remember(directory.get().path(), directory.get().stat(), seen.directory().get(),
					answered(TraitLooks.LISTED, seen.directory().get(), mount), directorySettled, false);
		}
		return found.only(wanted);
	}

	/** Returns which questions need not be asked again. */
	private Set<FileTrait> answered(Set<FileTrait> asked, FileTraits found, Mount mount) {
		Set<FileTrait> answered = EnumSet.copyOf(asked);
		if (!this.looks.isLasting(mount)) {
			answered.removeAll(found.unknown());
		}
		return answered;
	}

	/**
	 * Returns the directory of a file, which a write asks for next, unless it is known: a
	 * process for both costs half of one for each.
	 */
	private Optional<Subject> directoryToList(Path file, FileStat stat) throws IOException {
		Path parent = file.getParent();
		FileStat now = (stat.isRegular() && parent != null) ? FileOps.system().stat(parent) : null;
		if (parent == null || now == null) {
			return Optional.empty();
		}
		TraitMemory.@Nullable Known known = this.memory.find(parent, now);
		return (known != null && known.open(TraitLooks.LISTED).isEmpty()) ? Optional.empty()
				: Optional.of(new Subject(parent, now));
	}

	private void remember(Path path, FileStat stat, FileTraits traits, Set<FileTrait> looked, boolean settled,
			boolean bare) {
		this.memory.put(path, new TraitMemory.Known(stat, traits, looked, settled, bare, System.nanoTime()));
	}

	/** Whether a file was bare when it was created, and is as it was then. */
	boolean isKnownBare(Path file, FileStat stat) {
		TraitMemory.@Nullable Known known = this.memory.find(file, stat);
		return known != null && known.isKnownBare();
	}

	void carry(FileTrait trait, Path from, Path to) throws IOException {
		this.looks.carry(trait, from, to);
	}

	void dropAccessList(Path file) throws IOException {
		this.looks.dropAccessList(file);
	}

	/** Remembers what a file has that was just created, if it still has the name. */
	void noteCreated(FileOps files, Path file, FileStat created, Mount mount, FileTraits traits, boolean bare) {
		try {
			FileStat now = files.stat(file);
			if (now != null && now.isSameFile(created)) {
				remember(file, now, traits, EnumSet.allOf(FileTrait.class), this.memory.isSettled(now, mount), bare);
			}
		}
		catch (IOException ex) {
			// the next write looks then
		}
	}

}
