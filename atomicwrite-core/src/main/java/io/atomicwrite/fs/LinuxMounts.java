package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mount table of Linux, read again at most once in a while and parsed only when it
 * changed. A mount that is younger than {@link #MAX_AGE_NANOS} may not be seen yet; what
 * then fails is the rename, with the target intact.
 */
final class LinuxMounts implements Mounts {

	static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");

	private static final long MAX_AGE_NANOS = 500_000_000L;

	private static final int MAX_CACHED_PATHS = 1000;

	private volatile Snapshot snapshot = new Snapshot(new byte[0], MountTree.parse(""),
			System.nanoTime() - MAX_AGE_NANOS);

	@Override
	public Mount find(Path canonical) throws IOException {
		Snapshot current = this.snapshot;
		if (System.nanoTime() - current.readAt >= MAX_AGE_NANOS) {
			current = refresh(current);
		}
		Mount known = current.found.get(canonical);
		return (known != null) ? known : current.search(canonical);
	}

	private Snapshot refresh(Snapshot old) throws IOException {
		long now = System.nanoTime();
		byte[] bytes = Files.readAllBytes(MOUNT_INFO);
		Snapshot fresh = Arrays.equals(bytes, old.bytes) ? new Snapshot(old, now)
				: new Snapshot(bytes, MountTree.parse(new String(bytes, StandardCharsets.UTF_8)), now);
		this.snapshot = fresh;
		return fresh;
	}

	/**
	 * One reading of the table with the paths looked up in it.
	 */
	private static final class Snapshot {

		private final byte[] bytes;

		private final MountTree tree;

		private final long readAt;

		private final Map<Path, Mount> found;

		Snapshot(byte[] bytes, MountTree tree, long readAt) {
			this.bytes = bytes;
			this.tree = tree;
			this.readAt = readAt;
			this.found = new ConcurrentHashMap<>();
		}

		Snapshot(Snapshot unchanged, long readAt) {
			this.bytes = unchanged.bytes;
			this.tree = unchanged.tree;
			this.readAt = readAt;
			this.found = unchanged.found;
		}

		Mount search(Path canonical) throws IOException {
			Mount mount = this.tree.find(canonical);
			if (mount == null) {
				throw new IOException("no mount found for " + canonical + " in " + MOUNT_INFO);
			}
			if (this.found.size() >= MAX_CACHED_PATHS) {
				this.found.clear();
			}
			this.found.put(canonical, mount);
			return mount;
		}

	}

}
