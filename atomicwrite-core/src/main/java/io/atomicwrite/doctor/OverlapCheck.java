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
	public Report run(Path directory, int participants, int rounds, Duration patience) throws IOException {
		NfsClient client = NfsClient.of(this.files, this.files.canonical(directory));
		return run(directory, participants, rounds, patience, client);
	}

	Report run(Path directory, int participants, int rounds, Duration patience, NfsClient client) throws IOException {
		try (OverlapMeeting meeting = new OverlapMeeting(this.files, directory, this.token, patience)) {
			return run(meeting, participants, rounds, patience, client);
		}
	}

	private Report run(OverlapMeeting meeting, int participants, int rounds, Duration patience, NfsClient client)
			throws IOException {
		try {
			int sameClients = meeting.arrive(participants, client);
			OverlapTally tally = new OverlapTally();
			long end = System.nanoTime() + patience.toNanos();
			// where clients cache directories, a participant may see the others late
			while (tally.rounds() < rounds || (tally.handovers() < participants && System.nanoTime() < end)) {
				takeTurn(meeting, tally, patience);
			}
			return meeting.conclude(participants, sameClients, tally);
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

	/**
	 * The combined results of all participants of an overlap check. Immutable.
	 *
	 * @param directory the directory
	 * @param participants how many took part
	 * @param rounds how often the lock was acquired
	 * @param handovers how often it was acquired by a different participant than the time
	 * before
	 * @param overlaps how often a participant found that another one held the lock too
	 * @param failures how often acquiring the lock, or a step under it, failed for a
	 * reason other than contention, such as a file that vanished or that should not exist
	 * @param lost how many increments of the shared counter are missing at the end
	 * @param sameClients how many of the others a server of NFSv4 takes for this one,
	 * because their clients have the same host name and no unique id of their own
	 */
	public record Report(Path directory, int participants, long rounds, long handovers, long overlaps, long failures,
			long lost, int sameClients) {

		/**
		 * Returns whether the lock excluded the participants from each other while they
		 * contended for it. This is evidence for these mounts at this time, not proof.
		 * @return whether they contended, without an overlap, failure or lost increment,
		 * as clients that a server can tell apart
		 */
		public boolean ok() {
			return !failed() && met() && this.sameClients == 0;
		}

		private boolean failed() {
			return this.overlaps > 0 || this.failures > 0 || this.lost != 0;
		}

		private boolean met() {
			return this.handovers >= this.participants;
		}

		/**
		 * Returns the verdict as text.
		 * @return one line
		 */
		public String summary() {
			String what = this.participants + " participants acquired the lock " + this.rounds
					+ " times, and it passed from one to another " + this.handovers + " times: ";
			if (this.sameClients > 0) {
				return this.directory + ": SAME CLIENT, " + what + this.overlaps + " times another one held it too, "
						+ this.lost + " increments were lost, and the server takes " + (this.sameClients + 1)
						+ " NFS clients for one; give each host a host name of its own, or set nfs4_unique_id";
			}
			if (this.failures > 0 && this.overlaps == 0 && this.lost == 0) {
				return this.directory + ": FAILED, " + what + this.failures
						+ " turns failed; find out what deletes or protects files there, or let only one host write";
			}
			if (failed()) {
				return this.directory + ": OVERLAP, " + what + this.overlaps + " times another one held it too, "
						+ this.failures + " turns failed, " + this.lost
						+ " increments were lost; let only one host write here";
			}
			if (!met()) {
				return this.directory + ": NOT SHOWN, " + what
						+ "they did not contend; repeat the check with more rounds";
			}
			return this.directory + ": no overlap, " + what + "no two held it at once, no increment was lost";
		}

	}

}
