package io.atomicwrite.artifact;

import java.io.IOException;

import io.atomicwrite.fs.Directory;

/**
 * Who may access a file that is made for a target: the new target itself, a backup or a
 * sidecar.
 */
public interface FileRights {

	/**
	 * Returns the mode to create the file with. Until it has its owner, its group and its
	 * access control list, bits for others would be for whom they are not meant.
	 * @return the permission bits, from which the process's umask is taken away
	 */
	int createMode();

	/**
	 * Gives a file its owner, its group, its access control list and its mode, as far as
	 * this user may.
	 * @param directory the directory of the file
	 * @param name the name of the file
	 * @param mask the mode bits that such a file can have
	 * @throws IOException if its mode can't be set
	 */
	void give(Directory directory, String name, int mask) throws IOException;

}
