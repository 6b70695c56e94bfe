package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * File operations by calls of the kernel on open directories. What has no call of its own
 * here is that of the JDK, which the other operations agree with: the calls on whole
 * paths that no write makes, listing, reading, mounts, traits and events.
 *
 * <p>
 * Names are exchanged with the kernel as UTF-8. A path that holds other bytes can't be
 * put back together from its text, and is that of the JDK as well.
 */
final class NativeFileOps extends ForwardingFileOps {

	/** What stands in a text for bytes that are no UTF-8. */
	private static final char UNDECODABLE = '\uFFFD';

	/**
	 * How many directories are held open at the most: a batch or a publication may have
	 * more than a process may have open files. Those beyond are the JDK's, by path.
	 */
	private static final int MOST_OPEN = 512;

	private final Mounts mounts = Mounts.ofThisMachine();

	private final RememberedTraits traits = new RememberedTraits(new NativeTraits(new LazyTraitPrograms()));

	private final AtomicInteger open = new AtomicInteger();

	/**
	 * Creates the operations, once the kernel has answered.
	 * @throws IOException if a call that is needed is not allowed here, as by a filter of
	 * a container
	 */
	NativeFileOps() throws IOException {
		super(NioFileOps.INSTANCE);
		Path descriptors = Path.of(NativeAttributes.DESCRIPTORS);
		open(descriptors).close();
	}

	/** Counts a directory that is opened. */
	void opened() {
		this.open.incrementAndGet();
	}

	/** Counts a directory that is closed. */
	void closed() {
		this.open.decrementAndGet();
	}

	boolean isFull() {
		return this.open.get() >= MOST_OPEN;
	}

	Mounts mounts() {
		return this.mounts;
	}

	private static boolean isForeign(Path path) {
		return path.toString().indexOf(UNDECODABLE) >= 0;
	}

	@Override
	public Directory open(Path canonical) throws IOException {
		if (isFull() || isForeign(canonical)) {
			return NioFileOps.INSTANCE.open(canonical);
		}
		return NativeDirectory.of(this, NativeOpen.directory(NativeDescriptor.WORKING_DIRECTORY, canonical.toString()),
				canonical);
	}

	/** A path without links is opened and known to be canonical by one call. */
	@Override
	public Directory openFollowingLinks(Path existing) throws IOException {
		Path absolute = existing.toAbsolutePath();
		String text = absolute.toString();
		if (!isFull() && text.indexOf(UNDECODABLE) < 0 && !hasDots(text)) {
			NativeOpen.Opened opened = NativeOpen.directoryWithoutLinks(text);
			if (opened.result() >= 0) {
				return NativeDirectory.of(this, opened, absolute);
			}
		}
		return open(canonical(absolute));
	}

	/** Names that the kernel goes through without a link, and that are not canonical. */
	private static boolean hasDots(String path) {
		return path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/..");
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return isForeign(path) ? super.stat(path)
				: NativeNames.stat(NativeDescriptor.WORKING_DIRECTORY, path.toString(), path);
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return isForeign(path) ? super.kind(path)
				: NativeNames.kind(NativeDescriptor.WORKING_DIRECTORY, path.toString(), path);
	}

	@Override
	public long size(Path file) throws IOException {
		return isForeign(file) ? super.size(file)
				: NativeNames.size(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		return isForeign(file) ? super.createExclusive(file, mode)
				: NativeOpen.createExclusive(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file, mode);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return isForeign(file) ? super.openForSync(file)
				: NativeOpen.forSync(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file);
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		return isForeign(file) ? super.openLockFile(file, mode, create)
				: NativeOpen.lockFile(NativeDescriptor.WORKING_DIRECTORY, file.toString(), file, mode, create);
	}

	@Override
	public void exchange(Path one, Path other) throws IOException {
		if (isForeign(one) || isForeign(other)) {
			super.exchange(one, other);
			return;
		}
		NativeNames.exchange(NativeDescriptor.WORKING_DIRECTORY, one.toString(), one, other.toString(), other);
	}

	@Override
	public boolean tryDelete(Path path) throws IOException {
		return isForeign(path) ? super.tryDelete(path)
				: NativeNames.tryDelete(NativeDescriptor.WORKING_DIRECTORY, path.toString(), path);
	}

	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return isForeign(file) ? super.traits(file, stat, mount, wanted) : this.traits.of(file, stat, mount, wanted);
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		if (isForeign(from) || isForeign(to)) {
			super.carry(trait, from, to);
			return;
		}
		this.traits.carry(trait, from, to);
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		if (isForeign(file)) {
			super.dropAccessList(file);
			return;
		}
		this.traits.dropAccessList(file);
	}

	@Override
	public void noteCreated(Path file, FileStat created, Mount mount, FileTraits traits, boolean bare) {
		if (isForeign(file)) {
			super.noteCreated(file, created, mount, traits, bare);
			return;
		}
		this.traits.noteCreated(this, file, created, mount, traits, bare);
	}

	@Override
	public boolean isKnownBare(Path file, FileStat stat) {
		return isForeign(file) ? super.isKnownBare(file, stat) : this.traits.isKnownBare(file, stat);
	}

}
