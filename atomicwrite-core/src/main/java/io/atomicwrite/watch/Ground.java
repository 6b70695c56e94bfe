package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.FilesystemClass;

/**
 * What the filesystems below a path let pass as events.
 *
 * @param registrable the directories of the path that may be registered. Not those of
 * filesystems which a server or a process may keep waiting: the one thread of the JDK
 * that makes all registrations would wait with it
 * @param complete whether every change of the file gives an event: not for changes by
 * another machine, of a lower layer, or of a file that is itself a mount point
 */
record Ground(Map<Path, Chain.Place> registrable, boolean complete) {

	private static final Set<FilesystemClass> REMOTE = EnumSet.of(FilesystemClass.NETWORK, FilesystemClass.FUSE);

	private static final Set<FilesystemClass> INCOMPLETE = EnumSet.of(FilesystemClass.NETWORK, FilesystemClass.FUSE,
			FilesystemClass.OVERLAY, FilesystemClass.UNKNOWN);

	static Ground of(FileOps files, Chain chain) {
		boolean complete = !isMountPoint(files, chain.end());
		Map<Path, Chain.Place> registrable = new HashMap<>();
		for (Map.Entry<Path, Chain.Place> directory : chain.directories().entrySet()) {
			FilesystemClass kind = kind(files, directory.getKey());
			complete &= !INCOMPLETE.contains(kind);
			if (!REMOTE.contains(kind)) {
				registrable.put(directory.getKey(), directory.getValue());
			}
		}
		return new Ground(registrable, complete);
	}

	private static boolean isMountPoint(FileOps files, Path file) {
		try {
			return files.isMountPoint(file);
		}
		catch (IOException ex) {
			// then not even the filesystem is known
			return true;
		}
	}

	private static FilesystemClass kind(FileOps files, Path directory) {
		try {
			return FilesystemClass.of(files.mount(directory).type());
		}
		catch (IOException ex) {
			return FilesystemClass.UNKNOWN;
		}
	}

	/** Whether events come from all directories of a path. */
	boolean covers(Chain chain) {
		return this.registrable.size() == chain.directories().size();
	}

}
