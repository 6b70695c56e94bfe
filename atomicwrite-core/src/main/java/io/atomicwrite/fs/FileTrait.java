package io.atomicwrite.fs;

/**
 * What a file may have beside owner, group, mode and user attributes, and what the JDK
 * can't see.
 */
public enum FileTrait {

	/**
	 * An access control list ({@code acl(5)}): with one, the group bits of the mode are
	 * its mask. Of a directory also the default list, which new files in it inherit.
	 */
	ACCESS_LIST,

	/**
	 * A label of a security module, such as the context of SELinux.
	 */
	LABEL,

	/**
	 * File capabilities ({@code capabilities(7)}).
	 */
	CAPABILITIES,

	/**
	 * Inode flags ({@code ioctl_iflags(2)}), which {@code chattr} sets.
	 */
	FLAGS,

	/**
	 * Regions without blocks on the disk.
	 */
	HOLES

}
