package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;

/**
 * The files through which the participants of an overlap check find each other and detect
 * overlaps.
 */
final class OverlapMeeting {

	/** Shared by all participants, so that each finds the files of the others. */
	private static final String PREFIX = ArtifactNames.probe(0);

	private static final String PRESENT = ".present";

	private static final String RESULT = ".result";

	private static final int MODE = 0666;

	private static final long POLL_NANOS = 20_000_000L;

	private final FileOps files;

	private final Path directory;

	private final String me;

	private final Duration patience;

	OverlapMeeting(FileOps files, Path directory, long token, Duration patience) {
		this.files = files;
		this.directory = directory;
		this.me = HexFormat.of().toHexDigits(token);
		this.patience = patience;
	}

	Path target() {
		return this.directory.resolve(PREFIX);
	}

	private Path file(String suffix) {
		return this.directory.resolve(PREFIX + suffix);
	}

	/** Waits until all participants have arrived. */
	void arrive(int participants) throws IOException {
		create(file("." + this.me + PRESENT), "");
		await(PRESENT, participants);
	}

	private List<Path> await(String suffix, int participants) throws IOException {
		long end = System.nanoTime() + this.patience.toNanos();
		List<Path> found = list(suffix);
		while (found.size() < participants) {
			if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
				throw new IOException("only " + found.size() + " of " + participants + " participants "
						+ (suffix.equals(PRESENT) ? "arrived in " : "finished in ") + this.directory
						+ "; start all of them in the same directory");
			}
			LockSupport.parkNanos(POLL_NANOS);
			found = list(suffix);
		}
		if (found.size() > participants) {
			throw new IOException(found.size() + " participants are in " + this.directory + ", not " + participants
					+ "; if an earlier check was killed there, delete the files " + PREFIX + "*");
		}
		return found;
	}

	private List<Path> list(String suffix) throws IOException {
		List<Path> found = new ArrayList<>();
		this.files.list(this.directory, (name) -> {
			if (name.startsWith(PREFIX) && name.endsWith(suffix)) {
				found.add(this.directory.resolve(name));
			}
		});
		return found;
	}

	/** Enters the critical section. Returns whether no other participant is in it. */
	boolean enter() throws IOException {
		try {
			create(file(".witness"), this.me);
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
	}

	/**
	 * Leaves the critical section. Returns whether no other participant has left it in
	 * the meantime.
	 */
	boolean leave() throws IOException {
		try {
			this.files.delete(file(".witness"));
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Increments the counter.
	 * @return whether another participant incremented it last
	 */
	boolean increment(long round) throws IOException {
		String before = readCounter();
		Path staging = file("." + this.me + "-" + round);
		create(staging, (number(before) + 1) + " " + this.me);
		this.files.rename(staging, file(".counter"));
		return !before.isEmpty() && !before.endsWith(this.me);
	}

	private static long number(String counter) {
		return counter.isEmpty() ? 0 : Long.parseLong(counter.substring(0, counter.indexOf(' ')));
	}

	private String readCounter() throws IOException {
		try {
			return read(file(".counter"));
		}
		catch (NoSuchFileException ex) {
			return "";
		}
	}

	OverlapReport conclude(int participants, OverlapTally mine) throws IOException {
		Path staging = file("." + this.me + "-result");
		create(staging, mine.toString());
		this.files.rename(staging, file("." + this.me + RESULT));
		OverlapTally all = new OverlapTally();
		for (Path result : await(RESULT, participants)) {
			all.add(OverlapTally.parse(read(result)));
		}
		return all.report(this.directory, participants, number(readCounter()));
	}

	private void create(Path file, String content) throws IOException {
		try (FileHandle handle = this.files.createExclusive(file, MODE)) {
			handle.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
		}
	}

	private String read(Path file) throws IOException {
		try (InputStream in = this.files.openRead(file)) {
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	/** Leaves the check. The last participant deletes the shared files. */
	void depart() throws IOException {
		delete(file("." + this.me + PRESENT));
		if (list(PRESENT).isEmpty()) {
			for (Path left : list("")) {
				delete(left);
			}
		}
	}

	private void delete(Path file) throws IOException {
		try {
			this.files.delete(file);
		}
		catch (NoSuchFileException ex) {
			// another participant leaves at the same time and has deleted it
		}
	}

}
