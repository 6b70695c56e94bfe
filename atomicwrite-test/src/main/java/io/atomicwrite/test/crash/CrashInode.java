package io.atomicwrite.test.crash;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A file, directory or symbolic link in memory, whatever its names.
 */
final class CrashInode {

	/** chown(2) */
	private static final int LEAVE = -1;

	private static final int SET_UID = 04000;

	private static final int SET_GID = 02000;

	private static final int GROUP_EXECUTES = 010;

	final int number;

	final Map<String, String> attributes;

	/** The bytes, or where a symbolic link leads to. */
	String text;

	boolean link;

	int mode;

	int uid;

	int gid;

	Instant modified;

	Instant changed;

	/**
	 * Who has the record lock: an open file, which stands for the process that has it.
	 */
	@Nullable Object holder;

	/**
	 * The length in zeros of a lock file, which a crash takes along; -1 for any other.
	 */
	private long zeros = -1;

	CrashInode(int number, String text, Map<String, String> attributes, int mode, Instant now) {
		this.number = number;
		this.text = text;
		this.attributes = new HashMap<>(attributes);
		this.mode = mode;
		this.modified = now;
		this.changed = now;
	}

	static CrashInode lockFile(int number, int mode, Instant now) {
		CrashInode inode = new CrashInode(number, "", Map.of(), mode, now);
		inode.zeros = 0;
		return inode;
	}

	static CrashInode symbolicLink(int number, String target, Instant now) {
		CrashInode inode = new CrashInode(number, target, Map.of(), 0777, now);
		inode.link = true;
		return inode;
	}

	CrashImage.Content content() {
		return new CrashImage.Content(this.text, this.attributes, this.link);
	}

	Map<String, byte[]> attributeBytes() {
		Map<String, byte[]> values = new HashMap<>();
		this.attributes.forEach((name, value) -> values.put(name, value.getBytes(StandardCharsets.ISO_8859_1)));
		return values;
	}

	void own(int newUid, int newGid, boolean isDirectory) {
		this.uid = (newUid != LEAVE) ? newUid : this.uid;
		this.gid = (newGid != LEAVE) ? newGid : this.gid;
		if (!isDirectory) {
			// chown(2)
			this.mode &= ~(((this.mode & GROUP_EXECUTES) != 0) ? SET_UID | SET_GID : SET_UID);
		}
	}

	boolean isLockFile() {
		return this.zeros >= 0;
	}

	long size() {
		return isLockFile() ? this.zeros : this.text.length();
	}

	byte[] bytes() {
		return isLockFile() ? new byte[Math.toIntExact(this.zeros)] : this.text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** Makes a lock file longer or shorter. */
	void resize(long length) {
		if (!isLockFile()) {
			throw new UnsupportedOperationException("only what was created as a lock file can be resized here");
		}
		this.zeros = length;
	}

	boolean tryLock(Object process) {
		if (this.holder == null) {
			this.holder = process;
		}
		return this.holder == process;
	}

	void unlock(Object process) {
		if (this.holder == process) {
			this.holder = null;
		}
	}

}
