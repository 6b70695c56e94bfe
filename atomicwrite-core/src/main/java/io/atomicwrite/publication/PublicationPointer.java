package io.atomicwrite.publication;

import java.nio.file.Path;

import io.atomicwrite.lock.LockLeases;

/**
 * The pointer of a publication, moved by the protocol that every write takes.
 * Thread-safe. The engine implements it; applications have no need of it.
 */
public interface PublicationPointer {

	/**
	 * Checks that the pointer may be written, and that its filesystem keeps what is
	 * required. Changes nothing.
	 * @return its canonical path, whose directory may be missing
	 */
	Path check();

	/**
	 * Moves the pointer in one step, durably. The leases are checked once the new pointer
	 * is staged: whoever acquires one of them and then that of the pointer keeps this
	 * move from being committed.
	 * @param version the version that it names from now on
	 * @param kind how it names it: by a link or a file
	 * @param leases what must be held besides the lease of the pointer
	 * @throws io.atomicwrite.LockLostException if one of them is lost; the pointer is as
	 * it was unless the outcome says otherwise
	 */
	void move(String version, PointerKind kind, LockLeases leases);

	/**
	 * Exchanges the pointer with a directory in one step, durably, and under the lease of
	 * the pointer. What was there before keeps the name under which the directory was
	 * built if it is a directory itself, as programs may be in it.
	 * @param directory the directory, which is built under that lease
	 * @param leases what must be held besides, as in {@link #move}
	 */
	void exchange(PlainDirectory directory, LockLeases leases);

}
