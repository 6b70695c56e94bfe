package io.atomicwrite.publication;

import io.atomicwrite.lock.LockLeases;

/**
 * Moves {@code latest} of a publication, by the one step that its kind takes.
 *
 * @param pointer moves and exchanges it
 * @param publication the name of the publication
 */
record Latest(PublicationPointer pointer, String publication) {

	void move(String version, PointerKind kind, LockLeases leases) {
		if (kind == PointerKind.DIRECTORY) {
			this.pointer.exchange(new PlainDirectory(this.publication, version), leases);
		}
		else {
			this.pointer.move(version, kind, leases);
		}
	}

}
