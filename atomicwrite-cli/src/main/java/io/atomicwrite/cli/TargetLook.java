package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.Remedy;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a target before anything is done to it.
 */
final class TargetLook {

	private TargetLook() {
	}

	/** Refuses what a write would refuse, and waits for nothing that it would not. */
	static void requireWritable(Path target, boolean createsDirectories) throws IOException {
		try {
			FileStat.Kind kind = CanonicalTarget.of(FileOps.system(), target).kind();
			if (kind == FileStat.Kind.DIRECTORY) {
				throw Failure.of("", "Is a directory", RemedyWords.of(Remedy.NAME_FILE));
			}
			if (kind != null && kind != FileStat.Kind.REGULAR) {
				throw Failure.of("", "is " + kind.text() + ", and only regular files are written",
						RemedyWords.of(Remedy.NAME_FILE));
			}
		}
		catch (NoSuchFileException ex) {
			if (!createsDirectories) {
				throw Failure.of("", "No such file or directory: its directory does not exist",
						RemedyWords.of(Remedy.CREATE_DIRECTORY_OR_LET));
			}
		}
	}

	static byte @Nullable [] content(Path target, int most) throws IOException {
		try (InputStream in = FileOps.system().openRead(target)) {
			return Input.atMost(in, most);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

}
