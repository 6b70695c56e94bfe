package io.atomicwrite.spring.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.spring.directory.StartupWait;

/**
 * Finds out whether the filesystem of a document answers, before the document is opened:
 * no interrupt ends a system call on one that hangs.
 */
final class DocumentAnswer {

	private final FileOps files = FileOps.system();

	private final Duration limit;

	DocumentAnswer(Duration limit) {
		this.limit = limit;
	}

	void await(String name, Path path) {
		new StartupWait(this.limit).await("document '" + name + "' (" + path + ")", () -> touch(path),
				(text) -> new DocumentNotAnsweringException(name, path, this.limit, text));
	}

	/** What does not succeed is reported when the document is opened. */
	private boolean touch(Path path) {
		try {
			FileStat stat = this.files.stat(this.files.canonical(path));
			if (stat != null && stat.isRegular()) {
				try (InputStream in = this.files.openRead(path)) {
					return in.read() >= 0;
				}
			}
			return false;
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

}
