package io.atomicwrite.test.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of a simulated machine: takes its paths, and those of the default
 * filesystem with the same text, to the filesystem in memory.
 */
final class SimulatedFileOps extends ForwardingFileOps {

	private final SimulatedFileSystem system;

	SimulatedFileOps(FileOps disk, SimulatedFileSystem system) {
		super(disk);
		this.system = system;
	}

	private static Path plain(Path path) {
		return SimulatedPath.plain(path);
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		return this.system.path(super.canonical(plain(existing)));
	}

	@Override
	public Path readLink(Path link) throws IOException {
		return this.system.path(super.readLink(plain(link)));
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return super.mount(plain(canonical));
	}

	@Override
	public boolean isMountPoint(Path canonical) throws IOException {
		return super.isMountPoint(plain(canonical));
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		super.checkAccess(plain(path), modes);
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		return super.space(plain(path));
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return super.stat(plain(path));
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return super.kind(plain(path));
	}

	@Override
	public boolean exists(Path path) throws IOException {
		return super.exists(plain(path));
	}

	@Override
	public long size(Path file) throws IOException {
		return super.size(plain(file));
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return super.openRead(plain(file));
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		super.list(plain(directory), visitor);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		return super.createExclusive(plain(file), mode);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return super.openForSync(plain(file));
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		return super.openDirectory(plain(directory));
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		super.createDirectory(plain(directory));
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		super.rename(plain(source), plain(target));
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		super.linkNew(plain(source), plain(name));
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		super.createSymbolicLink(plain(link), plain(content));
	}

	@Override
	public boolean shareContent(Path source, Path file) throws IOException {
		return super.shareContent(plain(source), plain(file));
	}

	@Override
	public void delete(Path path) throws IOException {
		super.delete(plain(path));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		super.setMode(plain(file), mode);
	}

	@Override
	public void setOwner(Path file, int uid, int gid) throws IOException {
		super.setOwner(plain(file), uid, gid);
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return super.userAttributes(plain(file));
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		super.setUserAttribute(plain(file), name, value);
	}

	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return super.traits(plain(file), stat, mount, wanted);
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		super.carry(trait, plain(from), plain(to));
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		super.dropAccessList(plain(file));
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		return super.openLockFile(plain(file), mode, create);
	}

}
