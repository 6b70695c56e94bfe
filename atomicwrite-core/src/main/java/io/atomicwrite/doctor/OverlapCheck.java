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
 * Checks whether the lock of a target excludes participants in other processes, on other
 * mounts or on other hosts. Each participant runs this class in the same directory. While
 * a participant holds the lock, it creates a witness file exclusively and increments a
 * shared counter, so an overlap is detected by means other than the lock. For use by one
 * thread.
 */
public final class OverlapCheck {

	private final FileOps files;

	private final LockRegistry locks;

	private final long token;

	/**
	 * Creates a participant.
	 * @param files the file operations
	 * @param locks the registry whose locks are checked
	 * @param token distinguishes this participant from the others
	 */
	public OverlapCheck(FileOps files, LockRegistry locks, long token) {
		this.files = files;
		this.locks = locks;
		this.token = token;
	}

	/**
	 * Takes part in a check: waits for the other participants, acquires the lock
	 * repeatedly, then waits for the results of all.
	 * @param directory the directory, the same for all
	 * @param participants how many take part
	 * @param rounds how often each acquires the lock
	 * @param patience the maximum time to wait for the others, each time they are waited
	 * for
	 * @return the combined results of all participants
	 * @throws IOException if a file can't be created or the others do not arrive in time
	 * @throws io.atomicwrite.LockNotAcquiredException if the lock can't be acquired
	 * within that time
	 */
	public OverlapReport run(Path directory, int participants, int rounds, Duration patience) throws IOException {
		OverlapMeeting meeting = new OverlapMeeting(this.files, directory, this.token, patience);
		try {
			meeting.arrive(participants);
			OverlapTally tally = new OverlapTally();
			long end = System.nanoTime() + patience.toNanos();
			// where clients cache directories, a participant may see the others late
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
			// an overlap can surface as any error: SFTP has no code for an existing file
			tally.failure();
		}
	}

	/**
	 * Rethrows everything but a failed acquisition. If the lock file vanishes during
	 * acquisition, the lock did not exclude whoever deleted it.
	 */
	private static void requireFailure(LockNotAcquiredException ex) {
		if (ex.reason() != LockNotAcquiredException.Reason.FAILED) {
			throw ex;
		}
	}

}
