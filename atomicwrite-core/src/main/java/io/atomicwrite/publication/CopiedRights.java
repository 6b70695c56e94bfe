package io.atomicwrite.publication;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;

/**
 * Who may read a copy in a version: at most those who may read its source. The group bits
 * of the source mean the same for the copy only if both have the same group and the
 * source has no access control list. Immutable.
 */
final class CopiedRights {

	private static final EnumSet<FileTrait> LIST = EnumSet.of(FileTrait.ACCESS_LIST);

	private static final int OTHERS = 05;

	private static final int GROUP = 050;

	private static final int EXECUTE = 0100;

	private static final int READ_AND_WRITE = 0600;

	private final FileOps files;

	private final Path source;

	private final FileStat stat;

	private CopiedRights(FileOps files, Path source, FileStat stat) {
		this.files = files;
		this.source = source;
		this.stat = stat;
	}

	/**
	 * Looks at the source of a copy.
	 * @param source a file or directory; a link is followed
	 */
	static CopiedRights of(FileOps files, Path source) throws IOException {
		Path canonical = files.canonical(source);
		FileStat stat = files.stat(canonical);
		if (stat == null) {
			throw new NoSuchFileException(source.toString());
		}
		return new CopiedRights(files, canonical, stat);
	}

	/** Returns the mode that the copy may have whatever its group is. */
	int mode() {
		int others = this.stat.mode() & OTHERS;
		int group = (this.stat.mode() >> 3) & others;
		return READ_AND_WRITE | (this.stat.mode() & EXECUTE) | (group << 3) | others;
	}

	/** Returns whether the group of the source may do more than others. */
	boolean hasGroupBits() {
		return (this.stat.mode() & GROUP) != (mode() & GROUP);
	}

	/**
	 * Gives a copy the bits of its group, if they mean the same there.
	 * @param directory the directory of the copy
	 * @param name its name
	 */
	void giveGroup(Directory directory, String name) throws IOException {
		FileStat copy = directory.stat(name);
		if (copy != null && copy.gid() == this.stat.gid() && !mayHaveList()) {
			directory.setMode(name, copy.mode() | (this.stat.mode() & GROUP));
		}
	}

	private boolean mayHaveList() throws IOException {
		Path above = Objects.requireNonNull(this.source.getParent());
		try (Directory directory = this.files.open(above)) {
			FileTraits traits = directory.traits(this.source.getFileName().toString(), this.stat, LIST);
			return traits.has(FileTrait.ACCESS_LIST) || traits.unknown().contains(FileTrait.ACCESS_LIST);
		}
	}

}
