package io.atomicwrite.lock;

/**
 * A lock of a {@link LockStore} that was acquired, until it is released, expires or is
 * lost. Its methods are called from any thread, one at a time; only {@link #release()}
 * may be called while a renewal that was given up still runs. What {@link LockStore} says
 * of threads, deadlines and errors applies to them.
 */
public interface StoreLease {

	/**
	 * Checks that this lease still holds the lock, and extends it to its full lease time
	 * from now on, in one round trip. It never acquires the lock again: a lock that
	 * expired and was not taken by another may be extended only if the store shows that
	 * nobody had it in between.
	 * @return whether this lease holds the lock; {@code false} if it was lost for certain
	 * @throws LockStoreException if that can't be found out in time
	 */
	boolean renew() throws LockStoreException;

	/**
	 * Releases the lock if this lease still holds it. Does nothing to a lock that another
	 * client has acquired since. Called at most once, also after a renewal that failed.
	 * @throws LockStoreException if it is not known to be released; it then ends with the
	 * lease time
	 */
	void release() throws LockStoreException;

	/**
	 * Returns what the store identifies this acquisition by: a revision, an owner's id.
	 * An opaque text for diagnostics, which nothing is decided by. Asks the store
	 * nothing.
	 * @return the text
	 */
	String token();

}
