package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The mount table of Linux, parsed only when it changed. It is read again for a directory
 * that was not looked up before or is another one by now, as it is once something was
 * mounted over it or unmounted; and every {@link #MAX_AGE_NANOS} for what that does not
 * show, such as a remount with other options.
 */
final class LinuxMounts implements Mounts {

	static final Path MOUNT_INFO = Path.of("/proc/self/mountinfo");

	private static final long MAX_AGE_NANOS = 500_000_000L;

	private static final int MAX_CACHED_DIRECTORIES = 10_000;

	private volatile Snapshot snapshot = new Snapshot(new byte[0], MountTree.parse(""),
			System.nanoTime() - MAX_AGE_NANOS);

	@Override
	public Mount find(Path canonical, Object identity) throws IOException {
		Snapshot current = fresh();
		Known known = current.known.get(canonical);
		if (known != null && known.identity.equals(identity)) {
			return known.mount;
		}
		return refresh(current).search(canonical, identity);
	}

	@Override
	public boolean isPoint(Path canonical) throws IOException {
		return fresh().tree.isPoint(canonical);
	}

	private Snapshot fresh() throws IOException {
		Snapshot current = this.snapshot;
		return (System.nanoTime() - current.readAt < MAX_AGE_NANOS) ? current : refresh(current);
	}

	private Snapshot refresh(Snapshot old) throws IOException {
		long now = System.nanoTime();
		byte[] bytes = Files.readAllBytes(MOUNT_INFO);
		Snapshot fresh = Arrays.equals(bytes, old.bytes) ? new Snapshot(old, now)
				: new Snapshot(bytes, MountTree.parse(new String(bytes, StandardCharsets.UTF_8)), now);
		this.snapshot = fresh;
		return fresh;
	}

	private record Known(Object identity, Mount mount) {
	}

	/**
	 * One reading of the table with the directories looked up in it.
	 */
	private static final class Snapshot {

		private final byte[] bytes;

		private final MountTree tree;

		private final long readAt;

		private final Map<Path, Known> known;

		Snapshot(byte[] bytes, MountTree tree, long readAt) {
			this.bytes = bytes;
			this.tree = tree;
			this.readAt = readAt;
			this.known = new ConcurrentHashMap<>();
		}

		Snapshot(Snapshot unchanged, long readAt) {
			this.bytes = unchanged.bytes;
			this.tree = unchanged.tree;
			this.readAt = readAt;
			this.known = unchanged.known;
		}

		Mount search(Path canonical, Object identity) throws IOException {
			@Nullable Mount mount = this.tree.find(canonical);
			if (mount == null) {
				throw new IOException("no mount found for " + canonical + " in " + MOUNT_INFO);
			}
			if (this.known.size() >= MAX_CACHED_DIRECTORIES) {
				this.known.clear();
			}
			this.known.put(canonical, new Known(identity, mount));
			return mount;
		}

	}

}
