package io.atomicwrite.test.crash;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * One change that a disk was told of, or a sync that makes changes durable.
 *
 * @param kind what it is
 * @param path the name or directory it is about
 * @param other the new name of a rename or link
 * @param inode the file it is about, or 0
 * @param text the bytes of a write in ISO 8859-1, the value of an attribute, where a
 * symbolic link leads to, or what was acknowledged
 * @param attribute the name of an attribute
 */
public record CrashStep(Kind kind, Path path, @Nullable Path other, int inode, String text, String attribute) {

	private static final Path NOWHERE = Path.of("/");

	static CrashStep of(Kind kind, Path path, @Nullable Path other, int inode) {
		return new CrashStep(kind, path, other, inode, "", "");
	}

	static CrashStep write(Path path, int inode, String text) {
		return new CrashStep(Kind.WRITE, path, null, inode, text, "");
	}

	static CrashStep symbolicLink(Path path, int inode, String target) {
		return new CrashStep(Kind.SYMBOLIC_LINK, path, null, inode, target, "");
	}

	static CrashStep attribute(Path path, int inode, String name, String value) {
		return new CrashStep(Kind.ATTRIBUTE, path, null, inode, value, name);
	}

	static CrashStep acknowledgement(String what) {
		return new CrashStep(Kind.ACKNOWLEDGE, NOWHERE, null, 0, what, "");
	}

	boolean ofDirectory() {
		return switch (this.kind) {
			case CREATE, MAKE_DIRECTORY, SYMBOLIC_LINK, RENAME, LINK, DELETE -> true;
			default -> false;
		};
	}

	@Override
	public String toString() {
		return this.kind + " " + this.path.getFileName() + ((this.other != null) ? " " + this.other.getFileName() : "");
	}

	/**
	 * What a step does.
	 */
	public enum Kind {

		/** A new name of a new file. */
		CREATE,

		/** A new directory. */
		MAKE_DIRECTORY,

		/** A new symbolic link, which reaches the disk whole or not at all. */
		SYMBOLIC_LINK,

		/** Bytes at the end of a file. */
		WRITE,

		/** An attribute of a file. */
		ATTRIBUTE,

		/** The disk has the content of a file, of which its journal may not know yet. */
		WRITE_OUT,

		/** A sync of a file. */
		SYNC,

		/** A sync of a directory. */
		SYNC_DIRECTORY,

		/** Another name for a file. */
		RENAME,

		/** One more name of a file. */
		LINK,

		/** One name less. */
		DELETE,

		/** The caller was told that the change is durable. */
		ACKNOWLEDGE

	}

}
