package io.atomicwrite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a write would change.
 */
final class WritePreview {

	private final Session session;

	private final boolean appends;

	WritePreview(Session session, boolean appends) {
		this.session = session;
		this.appends = appends;
	}

	int show(Path target, byte[] input) throws IOException {
		byte[] old = old(target);
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		if (this.appends && old != null) {
			content.write(old);
		}
		content.write(input);
		PrintStream out = this.session.out();
		byte[] diff = UnifiedDiff.of(this.session.subject(), old, content.toByteArray());
		out.write(diff, 0, diff.length);
		out.flush();
		return ExitStatus.SUCCESS;
	}

	private static byte @Nullable [] old(Path target) throws IOException {
		try (InputStream in = FileOps.system().openRead(target)) {
			return in.readAllBytes();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

}
