package io.atomicwrite.test.crash;

import java.util.Locale;

/**
 * What a filesystem does, at a power cut, with what was not synced. A call that was
 * synced is durable under each of them.
 */
public enum CrashProfile {

	/**
	 * Any journaling filesystem: operations on names and attributes reach the disk in
	 * order, and each sync takes along all before it. Data that was not synced may be
	 * missing from any place on, and any part of it may be zeros.
	 */
	ORDERED(CrashStates.Profile.ORDERED, UnsyncedData.ANY),

	/**
	 * Whatever POSIX allows: each operation on names reaches the disk by itself or not,
	 * until its directory is synced, and a sync of a file covers its data and attributes
	 * and no name. ext2 and ext4 without a journal are like this.
	 */
	ADVERSARIAL(CrashStates.Profile.WEAK, UnsyncedData.ANY),

	/**
	 * ext4 with a journal: as {@link #ORDERED}, but data that was not synced is the
	 * beginning of what was written, followed by zeros or by nothing. Measured on Linux
	 * 6.18, where a rename without a sync of the file left zeros at full length.
	 */
	EXT4(CrashStates.Profile.ORDERED, UnsyncedData.BEGINNING_AND_ZEROS),

	/**
	 * xfs: as {@link #ORDERED}, but data that was not synced is the beginning of what was
	 * written, as the size of a file follows its data. Measured on Linux 6.18, where a
	 * rename without a sync of the file left it empty.
	 */
	XFS(CrashStates.Profile.ORDERED, UnsyncedData.BEGINNING);

	private final CrashStates.Profile names;

	private final UnsyncedData data;

	CrashProfile(CrashStates.Profile names, UnsyncedData data) {
		this.names = names;
		this.data = data;
	}

	CrashStates.Profile names() {
		return this.names;
	}

	UnsyncedData data() {
		return this.data;
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
