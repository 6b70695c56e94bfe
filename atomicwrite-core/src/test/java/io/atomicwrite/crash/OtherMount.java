package io.atomicwrite.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * The same disk under another path, as a container sees a volume. What this JVM knows of
 * its own locks goes by path and does not tell of those taken here, just as another
 * process does not know.
 */
final class OtherMount extends ForwardingFileOps {

	static final Path ROOT = Path.of("/elsewhere");

	private static final Path TOP = Path.of("/");

	OtherMount(FileOps delegate) {
		super(delegate);
	}

	static Path seen(Path path) {
		return ROOT.resolve(TOP.relativize(path));
	}

	private static Path real(Path path) {
		return path.startsWith(ROOT) ? TOP.resolve(ROOT.relativize(path)) : path;
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return super.mount(real(canonical));
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		return seen(super.canonical(real(existing)));
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return super.stat(real(path));
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return super.kind(real(path));
	}

	@Override
	public boolean exists(Path path) throws IOException {
		return super.exists(real(path));
	}

	@Override
	public long size(Path file) throws IOException {
		return super.size(real(file));
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return super.openRead(real(file));
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		super.list(real(directory), visitor);
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		return super.createExclusive(real(file), mode);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		return super.openDirectory(real(directory));
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		super.createDirectory(real(directory));
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		super.rename(real(source), real(target));
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		super.linkNew(real(source), real(name));
	}

	@Override
	public void delete(Path path) throws IOException {
		super.delete(real(path));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		super.setMode(real(file), mode);
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return super.userAttributes(real(file));
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		super.setUserAttribute(real(file), name, value);
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		return super.openLockFile(real(file), mode, create);
	}

}
