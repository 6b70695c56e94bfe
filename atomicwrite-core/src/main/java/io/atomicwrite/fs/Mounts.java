package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells on which mount a path lies.
 */
@FunctionalInterface
interface Mounts {

	/**
	 * Returns the mount of an existing directory.
	 * @param canonical the directory
	 * @param identity what it is equal to as long as nothing else is mounted there
	 */
	Mount find(Path canonical, Object identity) throws IOException;

	/** Whether a path is itself a mount point, as far as that is known. */
	default boolean isPoint(Path canonical) throws IOException {
		return false;
	}

	static Mounts ofThisMachine() {
		return Files.isReadable(LinuxMounts.MOUNT_INFO) ? new LinuxMounts() : Mounts::ofFileStore;
	}

	/** What the JDK reports where there is no mount table to read. */
	private static Mount ofFileStore(Path canonical, Object identity) throws IOException {
		FileStore store = Files.getFileStore(canonical);
		Path root = (canonical.getRoot() != null) ? canonical.getRoot() : canonical;
		return new Mount(root, store.type(), store.name(), store.isReadOnly() ? List.of("ro") : List.of());
	}

}
