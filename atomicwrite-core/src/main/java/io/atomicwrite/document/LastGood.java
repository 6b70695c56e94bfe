package io.atomicwrite.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.Directory;

/**
 * The last valid content of a document, kept beside it. It is what the document starts
 * with where its file is damaged; {@code docs/adr/0016} says when it is written.
 * Thread-safe.
 */
final class LastGood {

	/** A copy is no program: setuid and setgid were not meant for it. */
	private static final int PERMISSIONS = 0777;

	private final Tools tools;

	private final DocumentFile file;

	private final Optional<Path> stateDirectory;

	private final int maxSize;

	/** What is to be kept, until it is. */
	private Optional<GoodCopy> unsaved = Optional.empty();

	private Version saved = Version.none();

	LastGood(Tools tools, DocumentFile file, DocumentOptions<?> options) {
		this.tools = tools;
		this.file = file;
		this.stateDirectory = options.stateDirectory();
		this.maxSize = options.maxSize();
	}

	/**
	 * Notes a valid content of the file, to be saved later.
	 * @return whether there is something to save
	 */
	synchronized boolean note(GoodCopy content) {
		this.unsaved = content.version().equals(this.saved) ? Optional.empty() : Optional.of(content);
		return this.unsaved.isPresent();
	}

	/** Reads the copy, from memory where it is not saved yet. */
	synchronized Optional<GoodCopy> read() throws IOException {
		return this.unsaved.isPresent() ? this.unsaved : readSaved();
	}

	private Optional<GoodCopy> readSaved() throws IOException {
		try (DocumentFile.Location place = this.file.open(); Directory directory = directory(place)) {
			return read(directory, name(directory, place));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	private Optional<GoodCopy> read(Directory directory, String name) throws IOException {
		try (InputStream in = directory.openRead(name)) {
			// the header comes on top, and a byte more shows that there is more
			byte[] all = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, this.maxSize + 256L));
			return GoodCopy.decode(all);
		}
	}

	/**
	 * Saves what was noted and is not saved. The copy itself is synced, so that its name
	 * never leads to half of it; that its name is the latest may wait.
	 * @throws IOException if it can't be saved; it is tried again the next time
	 */
	synchronized void save() throws IOException {
		if (this.unsaved.isEmpty()) {
			return;
		}
		GoodCopy copy = this.unsaved.get();
		try (DocumentFile.Location place = this.file.open(); Directory directory = directory(place)) {
			String name = name(directory, place);
			if (!isSaved(directory, name, copy)) {
				FileRights rights = place.rights();
				StagingFile.create(this.tools, directory, name, rights.createMode())
					.become(name, copy.encode(), rights, PERMISSIONS);
			}
			this.saved = copy.version();
			this.unsaved = Optional.empty();
		}
	}

	private boolean isSaved(Directory directory, String name, GoodCopy copy) {
		try {
			return read(directory, name).filter((there) -> there.version().equals(copy.version())).isPresent();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private Directory directory(DocumentFile.Location place) throws IOException {
		return this.tools.files()
			.open(this.tools.files().canonical(this.stateDirectory.orElse(place.directory().path())));
	}

	/** Elsewhere than beside the file, other files may have the same name. */
	private String name(Directory directory, DocumentFile.Location place) throws IOException {
		String target = this.stateDirectory.isPresent() ? GoodCopy.nameElsewhere(place.directory().path(place.name()))
				: place.name();
		return ArtifactNames.good(target, NameLimit.of(directory, target));
	}

}
