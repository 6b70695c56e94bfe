package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Finds out whether the lock of a target excludes participants in other processes, on
 * other mounts or on other hosts. Each runs this class in the same directory; none needs
 * the lock to find out that it failed: while it holds the lock it creates a witness file
 * exclusively and raises a counter that all share.
 */
public final class OverlapCheck {

	private final FileOps files;

	private final LockRegistry locks;

	private final long token;

	/**
	 * Creates a participant.
	 * @param files the file operations
	 * @param locks the registry whose locks are checked
	 * @param token what tells this participant from the others
	 */
	public OverlapCheck(FileOps files, LockRegistry locks, long token) {
		this.files = files;
		this.locks = locks;
		this.token = token;
	}

	/**
	 * Takes part: waits for the others, acquires the lock over and over, and waits for
	 * the results of all.
	 * @param directory the directory, the same for all
	 * @param participants how many take part
	 * @param rounds how often each acquires the lock
	 * @param patience the longest wait for the others, at each point where one is waited
	 * for
	 * @return what all of them saw
	 * @throws IOException if a file can't be created or the others do not come
	 * @throws io.atomicwrite.LockNotAcquiredException if the lock can't be had for so
	 * long
	 */
	public OverlapReport run(Path directory, int participants, int rounds, Duration patience) throws IOException {
		OverlapMeeting meeting = new OverlapMeeting(this.files, directory, this.token, patience);
		try {
			meeting.arrive(participants);
			OverlapTally tally = new OverlapTally();
			long end = System.nanoTime() + patience.toNanos();
			// another may see the meeting late, where directories are cached
			while (tally.rounds() < rounds || (tally.handovers() < participants && System.nanoTime() < end)) {
				takeTurn(meeting, tally, patience);
			}
			return meeting.conclude(participants, tally);
		}
		finally {
			meeting.depart();
		}
	}

	private void takeTurn(OverlapMeeting meeting, OverlapTally tally, Duration patience) {
		try (LockLease lease = this.locks.acquire(meeting.target(), LockRequest.waitUpTo(patience))) {
			boolean alone = meeting.enter();
			boolean handover = meeting.increment(tally.rounds());
			alone &= meeting.leave();
			tally.turn(handover, alone);
		}
		catch (LockNotAcquiredException ex) {
			requireFailure(ex);
			tally.failure();
		}
		catch (IOException ex) {
			// two at once show as errors of many kinds: sftp has no word for a file that
			// exists
			tally.failure();
		}
	}

	/**
	 * A lock whose file vanishes while it is taken has not excluded whoever deleted it.
	 */
	private static void requireFailure(LockNotAcquiredException ex) {
		if (ex.reason() != LockNotAcquiredException.Reason.FAILED) {
			throw ex;
		}
	}

}
