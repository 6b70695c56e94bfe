package io.atomicwrite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

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

	/** Refuses what a write would refuse, and waits for nothing that it would not. */
	int dryRun(Path target, boolean createsDirectories, byte[] input) throws IOException {
		TargetLook.requireWritable(target, createsDirectories);
		return show(target, input);
	}

	int show(Path target, byte[] input) throws IOException {
		byte[] old = TargetLook.content(target, Integer.MAX_VALUE);
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

}
