package io.atomicwrite.property;

import io.atomicwrite.checksum.ChecksumPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a sequence.
 *
 * @param kind what is done
 * @param name the name of the file
 * @param other the name it is moved to
 * @param content what is written, one byte for each char
 * @param checksum whether and where a checksum is kept
 * @param backup whether a backup is made
 * @param fault what fails meanwhile, or {@code null}
 */
record Step(Kind kind, String name, String other, String content, ChecksumPolicy.Mode checksum, boolean backup,
		@Nullable Fault fault) {

	Step with(@Nullable Fault added) {
		return new Step(this.kind, this.name, this.other, this.content, this.checksum, this.backup, added);
	}

	/** Whether a checksum is there when the step has succeeded. */
	boolean keepsChecksum() {
		return this.checksum != ChecksumPolicy.Mode.NONE && switch (this.kind) {
			case WRITE, STREAM, CALLBACK, COMMIT, CREATE, RIGHT_VERSION, APPEND, UPDATE -> true;
			default -> false;
		};
	}

	@Override
	public String toString() {
		String shown = (this.content.length() > 20) ? this.content.length() + " bytes" : this.content;
		return this.kind + " " + shorten(this.name) + " " + shorten(this.other) + " '" + shown + "' " + this.checksum
				+ (this.backup ? " backup" : "") + ((this.fault != null) ? " " + this.fault : "");
	}

	private static String shorten(String name) {
		return (name.length() > 40) ? "LONG" : name;
	}

	/**
	 * What is done.
	 */
	enum Kind {

		/** Write bytes. */
		WRITE,

		/** Write what a stream holds. */
		STREAM,

		/** Write what a callback produces. */
		CALLBACK,

		/** A callback that fails half-way. */
		FAILING_CALLBACK,

		/** Write step by step and commit. */
		COMMIT,

		/** Write step by step and close. */
		DISCARD,

		/** Write a file that must not exist. */
		CREATE,

		/** Write over the version that is there. */
		RIGHT_VERSION,

		/** Write over a version that is not there. */
		WRONG_VERSION,

		/** Append bytes. */
		APPEND,

		/** Add one to a number. */
		UPDATE,

		/** Delete. */
		DELETE,

		/** Move over what is there. */
		MOVE,

		/** Move to a name that must not exist. */
		MOVE_NEW,

		/** Restore the oldest backup that is there. */
		RESTORE

	}

	/**
	 * A call that fails.
	 *
	 * @param call which one, counted from 1
	 * @param error what it fails with, a number
	 * @param afterwards whether it was done all the same
	 * @param persistent whether all after it fail too
	 */
	record Fault(int call, int error, boolean afterwards, boolean persistent) {
	}

}
