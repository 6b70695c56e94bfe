package io.atomicwrite.test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A file or directory in memory, whatever its names.
 */
final class CrashInode {

	final int number;

	final Map<String, String> attributes;

	String text;

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
