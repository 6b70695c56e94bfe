package io.atomicwrite.checksum;

import java.io.IOException;
import java.util.EnumSet;

import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import org.jspecify.annotations.Nullable;

/**
 * The rights of a sidecar that replaces another one of the same file: those of the other
 * one, or its owner's alone.
 */
record ReplacedRights(String replaced, FileStat stat) implements FileRights {

	private static final EnumSet<FileTrait> LIST = EnumSet.of(FileTrait.ACCESS_LIST);

	private static final int OWNER_ONLY = 0600;

	private static final int OTHERS = 077;

	private static final int GROUP = 070;

	@Override
	public int createMode() {
		return OWNER_ONLY;
	}

	@Override
	public void give(Directory directory, String name, int mask) throws IOException {
		if (this.stat.mode() < 0) {
			return;
		}
		int mode = this.stat.mode() & mask;
		boolean same = giveOwner(directory, name);
		boolean listed = (mode & OTHERS) != 0
				&& directory.traits(this.replaced, this.stat, LIST).has(FileTrait.ACCESS_LIST);
		if (!same || listed) {
			mode &= ~OTHERS;
		}
		else if ((mode & GROUP) != 0 && directory.inheritedTraits().has(FileTrait.ACCESS_LIST)) {
			// its group bits would be for those whom the list of the directory names
			mode &= ~GROUP;
		}
		directory.setMode(name, mode);
	}

	private boolean giveOwner(Directory directory, String name) throws IOException {
		if (isOfSameOwner(directory.stat(name))) {
			return true;
		}
		try {
			directory.setOwner(name, this.stat.uid(), this.stat.gid());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean isOfSameOwner(@Nullable FileStat now) {
		return now != null && now.uid() == this.stat.uid() && now.gid() == this.stat.gid();
	}

}
