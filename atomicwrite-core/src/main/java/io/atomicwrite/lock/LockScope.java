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
	HOST

}
