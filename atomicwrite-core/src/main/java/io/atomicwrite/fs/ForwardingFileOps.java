package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.fs.FileOps.DiskSpace;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to other file operations. Extend it to observe calls, or to let
 * chosen ones fail: override the method, throw the {@link IOException} that the system
 * call would give, and leave the rest alone.
 */
public abstract class ForwardingFileOps implements FileOps {

	private final FileOps delegate;

	/**
	 * Creates operations that pass on to others.
	 * @param delegate the others
	 */
	protected ForwardingFileOps(FileOps delegate) {
		this.delegate = delegate;
	}

	@Override
	public Set<Capability> capabilities() {
		return this.delegate.capabilities();
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return this.delegate.mount(canonical);
	}

	@Override
	public boolean isMountPoint(Path canonical) throws IOException {
		return this.delegate.isMountPoint(canonical);
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		this.delegate.checkAccess(path, modes);
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		return this.delegate.space(path);
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		return this.delegate.canonical(existing);
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return this.delegate.stat(path);
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return this.delegate.kind(path);
	}

	@Override
	public boolean exists(Path path) throws IOException {
		return this.delegate.exists(path);
	}

	@Override
	public long size(Path file) throws IOException {
		return this.delegate.size(file);
	}

	@Override
	public Path readLink(Path link) throws IOException {
		return this.delegate.readLink(link);
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return this.delegate.openRead(file);
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		this.delegate.list(directory, visitor);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		return this.delegate.createExclusive(file, mode);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return this.delegate.openForSync(file);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		return this.delegate.openDirectory(directory);
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		this.delegate.createDirectory(directory);
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		this.delegate.rename(source, target);
	}

	@Override
	public void exchange(Path one, Path other) throws IOException {
		this.delegate.exchange(one, other);
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		this.delegate.linkNew(source, name);
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		this.delegate.createSymbolicLink(link, content);
	}

	@Override
	public boolean shareContent(Path source, Path file) throws IOException {
		return this.delegate.shareContent(source, file);
	}

	@Override
	public void delete(Path path) throws IOException {
		this.delegate.delete(path);
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		this.delegate.setMode(file, mode);
	}

	@Override
	public void setOwner(Path file, int uid, int gid) throws IOException {
		this.delegate.setOwner(file, uid, gid);
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return this.delegate.userAttributes(file);
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		this.delegate.setUserAttribute(file, name, value);
	}

	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return this.delegate.traits(file, stat, mount, wanted);
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		this.delegate.carry(trait, from, to);
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		this.delegate.dropAccessList(file);
	}

	@Override
	public void noteCreated(Path file, FileStat created, Mount mount, FileTraits traits, boolean bare) {
		this.delegate.noteCreated(file, created, mount, traits, bare);
	}

	@Override
	public boolean isKnownBare(Path file, FileStat stat) {
		return this.delegate.isKnownBare(file, stat);
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		return this.delegate.openLockFile(file, mode, create);
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return this.delegate.lockHolder(file);
	}

	@Override
	public DirectoryEvents directoryEvents() throws IOException {
		return this.delegate.directoryEvents();
	}

}
