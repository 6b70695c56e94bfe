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
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;

/**
 * The files through which the participants of an overlap check find each other and detect
 * overlaps.
 */
final class OverlapMeeting implements AutoCloseable {

	/** Shared by all participants, so that each finds the files of the others. */
	private static final String PREFIX = ArtifactNames.probe(0);

	private static final String PRESENT = ".present";

	private static final String RESULT = ".result";

	private static final int MODE = 0666;

	private static final long POLL_NANOS = 20_000_000L;

	/** The directory as the caller names it, for messages. */
	private final Path named;

	private final Directory directory;

	private final String me;

	private final Duration patience;

	OverlapMeeting(FileOps files, Path directory, long token, Duration patience) throws IOException {
		this.named = directory;
		this.directory = files.openFollowingLinks(directory);
		this.me = HexFormat.of().toHexDigits(token);
		this.patience = patience;
	}

	Path target() {
		return this.directory.path(PREFIX);
	}

	private static String file(String suffix) {
		return PREFIX + suffix;
	}

	/**
	 * Waits until all participants have arrived.
	 * @return how many of the others an NFS server takes for this one
	 */
	int arrive(int participants, NfsClient client) throws IOException {
		String mine = file("." + this.me + PRESENT);
		String staging = file("." + this.me + "-present");
		create(staging, client.format());
		this.directory.rename(staging, this.directory, mine);
		int same = 0;
		for (String present : await(PRESENT, participants)) {
			same += client.isTakenFor(NfsClient.parse(read(present))) ? 1 : 0;
		}
		return same;
	}

	private List<String> await(String suffix, int participants) throws IOException {
		long end = System.nanoTime() + this.patience.toNanos();
		List<String> found = list(suffix);
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
			throw new IOException(found.size() + " participants are in " + this.named + ", not " + participants
					+ "; if an earlier check was killed there, delete the files " + PREFIX + "*");
		}
		return found;
	}

	private List<String> list(String suffix) throws IOException {
		List<String> found = new ArrayList<>();
		this.directory.list((name) -> {
			if (name.startsWith(PREFIX) && name.endsWith(suffix)) {
				found.add(name);
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
			this.directory.delete(file(".witness"));
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
		String staging = file("." + this.me + "-" + round);
		create(staging, (number(before) + 1) + " " + this.me);
		this.directory.rename(staging, this.directory, file(".counter"));
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

	OverlapCheck.Report conclude(int participants, int sameClients, OverlapTally mine) throws IOException {
		String staging = file("." + this.me + "-result");
		create(staging, mine.toString());
		this.directory.rename(staging, this.directory, file("." + this.me + RESULT));
		OverlapTally all = new OverlapTally();
		for (String result : await(RESULT, participants)) {
			all.add(OverlapTally.parse(read(result)));
		}
		return all.report(this.named, participants, number(readCounter()), sameClients);
	}

	private void create(String file, String content) throws IOException {
		try (FileHandle handle = this.directory.createExclusive(file, MODE)) {
			handle.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
		}
	}

	private String read(String file) throws IOException {
		try (InputStream in = this.directory.openRead(file)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Leaves the check. The last participant deletes the shared files. */
	void depart() throws IOException {
		delete(file("." + this.me + PRESENT));
		if (list(PRESENT).isEmpty()) {
			for (String left : list("")) {
				delete(left);
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.directory.close();
	}

	private void delete(String file) throws IOException {
		try {
			this.directory.delete(file);
		}
		catch (NoSuchFileException ex) {
			// another participant leaves at the same time and has deleted it
		}
	}

}
