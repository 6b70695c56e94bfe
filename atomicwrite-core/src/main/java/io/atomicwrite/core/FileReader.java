package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.atomicwrite.Remedy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;

/**
 * Reads files whole. One open file is one content: a writer replaces it, it does not
 * change it.
 */
final class FileReader {

	private final FileOps files;

	private final TargetResolver resolver;

	FileReader(FileOps files, TargetResolver resolver) {
		this.files = files;
		this.resolver = resolver;
	}

	byte[] read(Path raw) {
		try (InputStream in = this.files.openRead(this.resolver.readable(raw))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw unreadable(raw, ex);
		}
	}

	Version version(Path raw) {
		try (InputStream in = this.files.openRead(this.resolver.readable(raw))) {
			return TargetCheck.versionOf(in);
		}
		catch (IOException ex) {
			throw unreadable(raw, ex);
		}
	}

	UncheckedIOException unreadable(Path raw, IOException ex) {
		return new UncheckedIOException(this.resolver.absolute(raw) + ": can't be read: " + IoErrors.text(ex) + "; "
				+ Remedy.ofReading(IoErrors.classify(ex)).text(), ex);
	}

}
