package io.atomicwrite.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ContentDigests;
import io.atomicwrite.checksum.SidecarStep;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.manifest.Manifest.Entry;

/**
 * The manifest of a target, as one step of an operation that changes it: before the
 * commit it names the old content and the new. A manifest that is there is kept true also
 * by an operation without a stamp. {@code docs/adr/0020} has the reasons. Nothing is
 * synced here: the operation does that.
 */
public final class ManifestStep {

	private final Subject subject;

	private final NewContent content;

	/** The manifests that the commit makes pointless. */
	private final List<ManifestFile> leaving;

	private final Optional<Directory> left;

	private final Memory memory;

	private final ManifestTransition transition;

	/** Whether the target is known to have no manifest. */
	private boolean absent;

	/** What is recorded of the content that is replaced, and true. */
	private Optional<Entry> old = Optional.empty();

	private ManifestStep(Subject subject, NewContent content, Optional<Directory> left, List<ManifestFile> leaving,
			Memory memory) {
		this.subject = subject;
		this.content = content;
		this.left = left;
		this.leaving = leaving;
		this.memory = memory;
		this.transition = new ManifestTransition(subject.tools, subject.target, subject.scope);
	}

	/**
	 * Creates the step of a write. One without a stamp that replaces a file looks for a
	 * manifest, unless this process was the last to write the file and there was none.
	 * @param subject what is written
	 * @param digests the digests of the new content; the required one is added
	 * @param memory what is known of files without a manifest
	 * @return the step
	 * @throws IOException if an existing manifest can't be read
	 */
	public static ManifestStep ofWrite(Subject subject, ContentDigests digests, Memory memory) throws IOException {
		ManifestStep step = new ManifestStep(subject, () -> Content.of(digests), Optional.empty(), List.of(), memory);
		if (subject.stamp.isPresent()) {
			step.transition.prepare(true);
		}
		else if (subject.existing.filter(FileStat::isRegular).isPresent()) {
			step.absent = memory.isAbsent(subject.path(), subject.existing.get());
			if (!step.absent) {
				step.transition.prepare(false);
				step.absent = !step.isNeeded();
			}
		}
		if (step.isNeeded()) {
			digests.require(Content.ALGORITHM);
		}
		return step;
	}

	/**
	 * Creates the step of a move: the manifest that the file has under its old name comes
	 * along.
	 * @param subject what is replaced
	 * @param directory the directory of the source
	 * @param name the name of the source
	 * @return the step
	 * @throws IOException if an existing manifest can't be read
	 */
	public static ManifestStep ofMove(Subject subject, Directory directory, String name) throws IOException {
		List<ManifestFile> moved = ManifestFile.of(directory, name, subject.tools.companions());
		ManifestStep step = new ManifestStep(subject, () -> Content.of(directory, name, List.of()),
				Optional.of(directory), moved, new Memory());
		step.transition.prepare(subject.stamp.isPresent() || !moved.isEmpty());
		return step;
	}

	/**
	 * Creates the step of a delete: the existing manifest goes with the file.
	 * @param subject what is deleted
	 * @return the step
	 * @throws IOException if an existing manifest can't be read
	 */
	public static ManifestStep ofDelete(Subject subject) throws IOException {
		Directory directory = subject.target.directory();
		return new ManifestStep(subject, () -> Content.of(directory, subject.target.name(), List.of()),
				Optional.of(directory), ManifestFile.of(directory, subject.target.name(), subject.tools.companions()),
				new Memory());
	}

	/**
	 * Returns whether there is a manifest to write before the commit.
	 * @return whether {@link #replace()} may change anything
	 */
	public boolean isNeeded() {
		return !this.transition.isEmpty();
	}

	/**
	 * Finds out what is recorded of the content that is replaced.
	 * @param sidecars the sidecars of the target, which may have read it
	 * @throws IOException if it can't be read
	 */
	public void read(SidecarStep sidecars) throws IOException {
		List<Entry> known = this.transition.entries();
		Optional<FileStat> existing = this.subject.existing.filter(FileStat::isRegular);
		if (existing.isEmpty() || known.stream().noneMatch((entry) -> entry.size() == existing.get().size())) {
			return;
		}
		Optional<Checksum> read = sidecars.old(Content.ALGORITHM);
		Content found = read.isPresent() ? new Content(existing.get().size(), read.get())
				: Content.of(this.subject.target.directory(), this.subject.target.name(), known);
		this.old = known.stream().filter((entry) -> entry.fits(found)).findFirst();
	}

	/**
	 * Replaces the manifest. A failure of the operation restores it.
	 * @throws IOException if that fails
	 */
	public void replace() throws IOException {
		if (!isNeeded()) {
			return;
		}
		Content made = this.content.read();
		Optional<Entry> known = known(made);
		Entry current = known.orElseGet(() -> entry(this.subject.stamp.orElse(Stamp.empty()), made));
		this.subject.scope.unlessCommitted(this.transition::undo);
		this.subject.scope.changed(this.subject.target.directory());
		// a manifest that says nothing of a moved file is not made
		this.transition.replace(current, this.old.filter((entry) -> !entry.isOfSameContent(current)),
				this.subject.stamp.isPresent() || known.isPresent());
	}

	private Entry entry(Stamp stamp, Content made) {
		return Entry.of(stamp, this.subject.tools.clock().instant().truncatedTo(ChronoUnit.MILLIS), made);
	}

	/** Without a stamp, what is known of the same content stays true. */
	private Optional<Entry> known(Content made) {
		if (this.subject.stamp.isPresent()) {
			return Optional.empty();
		}
		return Stream
			.concat(this.leaving.stream().flatMap((found) -> found.entries().stream()),
					this.transition.entries().stream())
			.filter((entry) -> entry.fits(made))
			.findFirst();
	}

	/**
	 * Notes, after the commit, whether the file has a manifest, so that the next write
	 * need not look.
	 * @param made the status of the new file, under any name
	 */
	public void committed(FileStat made) {
		this.memory.note(this.subject.path(), made, this.absent);
	}

	/**
	 * Deletes, after the commit, the manifest of a file that was moved or deleted. A
	 * failure is ignored: it names no file, and the next stamped write replaces it.
	 */
	public void tidy() {
		for (ManifestFile manifest : this.leaving) {
			try {
				if (this.left.isPresent()) {
					ManifestFile.delete(this.left.get(), manifest.name());
				}
			}
			catch (IOException ex) {
				// it names no file, and the next stamped write replaces it
			}
		}
	}

	/** Reads the new content, or what is known of it. */
	@FunctionalInterface
	private interface NewContent {

		Content read() throws IOException;

	}

	/**
	 * What an operation changes.
	 *
	 * @param tools what names staging files, and the clock
	 * @param scope the operation
	 * @param target the target, and who may access its manifest
	 * @param existing the file that is replaced
	 * @param stamp where the new content comes from
	 */
	public record Subject(Tools tools, ChangeScope scope, SidecarStep.Target target, Optional<FileStat> existing,
			Optional<Stamp> stamp) {

		Path path() {
			return this.target.directory().path(this.target.name());
		}

	}

	/**
	 * The files that this process has written and that had no manifest then. A stamped
	 * write of anybody else makes another file of the target, so no look is needed as
	 * long as the file is the same. Thread-safe.
	 */
	public static final class Memory {

		private static final int MOST = 10_000;

		private final Map<Path, FileStat> absent = new ConcurrentHashMap<>();

		/**
		 * Creates a memory that knows of no file.
		 */
		public Memory() {
		}

		boolean isAbsent(Path file, FileStat now) {
			FileStat then = this.absent.get(file);
			return then != null && then.isSameFile(now) && then.size() == now.size()
					&& then.modified().equals(now.modified());
		}

		void note(Path file, FileStat made, boolean without) {
			if (!without) {
				this.absent.remove(file);
				return;
			}
			if (this.absent.size() >= MOST) {
				this.absent.clear();
			}
			this.absent.put(file, made);
		}

	}

}
