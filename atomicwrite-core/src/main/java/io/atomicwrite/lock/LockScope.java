package io.atomicwrite.lock;

/**
 * Whom a lease excludes.
 */
public enum LockScope {

	/**
	 * Nobody.
	 */
	NONE,

	/**
	 * The threads that share the registry.
	 */
	REGISTRY,

	/**
	 * Every cooperating process of this host, and of other hosts if a network filesystem
	 * passes on record locks.
	 */
	HOST,

	/**
	 * Every cooperating process of all hosts that use the same {@link LockStore}. A
	 * writer whose lease has expired can't commit after the next one has begun, because
	 * its staging file is gone.
	 */
	CLUSTER

}
