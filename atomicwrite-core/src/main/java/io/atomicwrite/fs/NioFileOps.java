package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.fs.FileOps.DiskSpace;
import org.jspecify.annotations.Nullable;

/**
 * File operations of the default filesystem of the JDK.
 */
final class NioFileOps implements FileOps {

	static final FileOps INSTANCE = new NioFileOps();

	static final String UNIX_ATTRIBUTES = "unix:mode,size,uid,gid,dev,ino,nlink,lastModifiedTime,ctime";

	private static final int MODE_BITS = 07777;

	/** chown(2) */
	private static final int LEAVE = -1;

	private static final Set<OpenOption> OPEN_LOCK = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
			LinkOption.NOFOLLOW_LINKS);

	/** The errors of stat(2) which say that there is no file of that name. */
	private static final Set<IoErrorKind> NOTHING_THERE = EnumSet.of(IoErrorKind.NOT_FOUND, IoErrorKind.NOT_A_DIRECTORY,
			IoErrorKind.NAME_TOO_LONG);

	/** A lock file that is deleted and created at each look must not hold up anyone. */
	private static final int MOST_REPLACED = 10;

	private final boolean unix = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

	private final Mounts mounts = Mounts.ofThisMachine();

	private final RememberedTraits traits = new RememberedTraits(new LazyTraitPrograms());

	private NioFileOps() {
	}

	@Override
	public Set<Capability> capabilities() {
		Set<Capability> capabilities = EnumSet.allOf(Capability.class);
		if (!this.unix) {
			// https://learn.microsoft.com/windows/win32/fileio: no directory handle to
			// flush
			capabilities.remove(Capability.DIRECTORY_SYNC);
			capabilities.remove(Capability.POSIX_METADATA);
		}
		return capabilities;
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		Object key = Files.readAttributes(canonical, BasicFileAttributes.class).fileKey();
		return this.mounts.find(canonical, (key != null) ? key : canonical);
	}

	@Override
	public boolean isMountPoint(Path canonical) throws IOException {
		return this.mounts.isPoint(canonical);
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		path.getFileSystem().provider().checkAccess(path, modes);
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		FileStore store = Files.getFileStore(path);
		return new DiskSpace(store.getUsableSpace(), store.getTotalSpace(), FreeInodes.of(path));
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		return existing.toRealPath();
	}

	@Override
	public Directory open(Path canonical) throws IOException {
		return NioDirectory.open(this, canonical, this.mounts);
	}

	@Override
	public Directory openFollowingLinks(Path existing) throws IOException {
		return NioDirectory.openFollowingLinks(this, existing, this.mounts);
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		try {
			return this.unix ? unixStat(path) : basicStat(path);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		try {
			BasicFileAttributes values = Files.readAttributes(path, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (values.isOther() && this.unix) {
				return unixStat(path).kind();
			}
			return kind(values);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private static FileStat.Kind kind(BasicFileAttributes values) {
		if (values.isRegularFile()) {
			return FileStat.Kind.REGULAR;
		}
		if (values.isDirectory()) {
			return FileStat.Kind.DIRECTORY;
		}
		return values.isSymbolicLink() ? FileStat.Kind.LINK : FileStat.Kind.OTHER;
	}

	private static FileStat unixStat(Path path) throws IOException {
		return unixStat(Files.readAttributes(path, UNIX_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
	}

	static FileStat unixStat(Map<String, Object> values) {
		int mode = value(values, "mode", Integer.class);
		return new FileStat(FileStat.Kind.ofMode(mode), value(values, "size", Long.class), mode & MODE_BITS,
				value(values, "uid", Integer.class), value(values, "gid", Integer.class),
				value(values, "dev", Long.class), value(values, "ino", Long.class),
				value(values, "nlink", Integer.class), value(values, "lastModifiedTime", FileTime.class).toInstant(),
				value(values, "ctime", FileTime.class).toInstant());
	}

	private static <T> T value(Map<String, Object> values, String name, Class<T> type) {
		return type.cast(Objects.requireNonNull(values.get(name), name));
	}

	static FileStat basicStat(Path path) throws IOException {
		BasicFileAttributes values = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		Instant modified = values.lastModifiedTime().toInstant();
		return new FileStat(kind(values), values.size(), -1, -1, -1, 0, 0, 1, modified, modified);
	}

	@Override
	public boolean exists(Path path) throws IOException {
		try {
			// whatever else the JDK has for this does not say by which error it failed
			Files.readAttributes(path, BasicFileAttributes.class);
			return true;
		}
		catch (IOException ex) {
			if (NOTHING_THERE.contains(IoErrors.classify(ex))) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public long size(Path file) throws IOException {
		return Files.size(file);
	}

	@Override
	public Path readLink(Path link) throws IOException {
		return Files.readSymbolicLink(link);
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return new ReadStream(Files.newInputStream(file));
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
			for (Path entry : entries) {
				visitor.visit(entry.getFileName().toString());
			}
		}
		catch (java.nio.file.DirectoryIteratorException ex) {
			throw ex.getCause();
		}
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		try (DirectoryGate gate = DirectoryGate.enter(file)) {
			return new NioFileHandle(NioFileHandle.open(file, this.unix ? mode : -1, StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), false);
		}
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return new NioFileHandle(NioFileHandle.open(file, -1, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
				true);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		return NioFileHandle.directory(NioFileHandle.open(directory, -1, StandardOpenOption.READ));
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		Files.createDirectory(directory);
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		try (DirectoryGate gate = DirectoryGate.enter(target)) {
			// never REPLACE_EXISTING alone: that is unlink and rename
			Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
		}
	}

	@Override
	public void exchange(Path one, Path other) {
		NativeCalls calls = NativeCalls.status();
		throw new UnsupportedOperationException("it takes native calls, which are "
				+ (calls.used() ? "used for names in UTF-8 and up to 512 open directories" : calls));
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		Files.createLink(name, source);
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		try {
			Files.createSymbolicLink(link, content);
		}
		catch (UnsupportedOperationException ex) {
			throw new IOException("symbolic links are not supported: " + link, ex);
		}
	}

	@Override
	public boolean shareContent(Path source, Path file) throws IOException {
		return SharedBlocks.copy(this, source, file);
	}

	@Override
	public void delete(Path path) throws IOException {
		Files.delete(path);
	}

	@Override
	public boolean tryDelete(Path path) {
		try (DirectoryGate gate = DirectoryGate.enter(path)) {
			// one unlink(2), before which java.nio.file.Files would look at the file
			return path.toFile().delete();
		}
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		Files.setAttribute(file, "unix:mode", mode);
	}

	@Override
	public void setOwner(Path file, int uid, int gid) throws IOException {
		if (gid != LEAVE) {
			Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
		}
		if (uid != LEAVE) {
			Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
		}
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return new NioUserAttributes(file).all();
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		new NioUserAttributes(file).set(name, value);
	}

	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return this.unix ? this.traits.of(file, stat, mount, wanted) : FileTraits.unknown(wanted);
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		this.traits.carry(trait, from, to);
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		this.traits.dropAccessList(file);
	}

	@Override
	public void noteCreated(Path file, FileStat created, Mount mount, FileTraits traits, boolean bare) {
		this.traits.noteCreated(this, file, created, mount, traits, bare);
	}

	@Override
	public boolean isKnownBare(Path file, FileStat stat) {
		return this.traits.isKnownBare(file, stat);
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		for (int replaced = 0; create && replaced < MOST_REPLACED; replaced++) {
			try {
				// what is created so is a regular file and needs no look
				return new NioLockFile(createLockChannel(file, mode));
			}
			catch (FileAlreadyExistsException ex) {
				try {
					// not with O_CREAT, which fs.protected_regular refuses in a sticky
					// directory
					return lookedAt(file, openLockChannel(file, mode));
				}
				catch (NoSuchFileException none) {
					// its last holder deleted it meanwhile
				}
			}
		}
		return lookedAt(file,
				create ? openLockChannel(file, mode, StandardOpenOption.CREATE) : openLockChannel(file, mode));
	}

	private AsynchronousFileChannel createLockChannel(Path file, int mode) throws IOException {
		try (DirectoryGate gate = DirectoryGate.enter(file)) {
			return openLockChannel(file, mode, StandardOpenOption.CREATE_NEW);
		}
	}

	/**
	 * Opens for reading and writing, which does not block on a FIFO as writing alone
	 * would.
	 */
	private AsynchronousFileChannel openLockChannel(Path file, int mode, OpenOption... create) throws IOException {
		Set<OpenOption> options = new HashSet<>(Set.of(create));
		options.addAll(OPEN_LOCK);
		return NioFileHandle.open(file, (create.length > 0 && this.unix) ? mode : -1, options);
	}

	private LockFile lookedAt(Path file, AsynchronousFileChannel channel) throws IOException {
		NioLockFile lockFile = new NioLockFile(channel);
		try {
			FileStat.Kind kind = kind(file);
			if (kind != null && kind != FileStat.Kind.REGULAR) {
				throw new FileSystemException(file.toString(), null, "the lock file is " + kind.text());
			}
			return lockFile;
		}
		catch (Throwable ex) {
			lockFile.close();
			throw ex;
		}
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return ProcLocks.holder(file.inode());
	}

	@Override
	public DirectoryEvents directoryEvents() throws IOException {
		return new NioDirectoryEvents(FileSystems.getDefault().newWatchService());
	}

}
