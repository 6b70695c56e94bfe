package io.atomicwrite.test.crash;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Refuses each call of {@link java.nio.file.Files} on a path of a simulated machine, and
 * notes it: such a call would not be part of the simulation.
 */
final class SimulatedProvider extends FileSystemProvider {

	static final String SCHEME = "atomicwrite-crash";

	private final SimulatedFileSystem system;

	SimulatedProvider(SimulatedFileSystem system) {
		this.system = system;
	}

	private UnsupportedOperationException refuse(String call, Object path) {
		return this.system.bypasses().refuse(call, path);
	}

	@Override
	public String getScheme() {
		return SCHEME;
	}

	@Override
	public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
		throw new UnsupportedOperationException("a simulated filesystem comes with its machine");
	}

	@Override
	public FileSystem getFileSystem(URI uri) {
		return this.system;
	}

	@Override
	public Path getPath(URI uri) {
		return this.system.getPath(uri.getPath());
	}

	@Override
	public boolean isSameFile(Path path, Path other) {
		throw refuse("isSameFile", path);
	}

	@Override
	public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
			FileAttribute<?>... attributes) {
		throw refuse("newByteChannel", path);
	}

	@Override
	public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
		throw refuse("newFileChannel", path);
	}

	@Override
	public AsynchronousFileChannel newAsynchronousFileChannel(Path path, Set<? extends OpenOption> options,
			ExecutorService executor, FileAttribute<?>... attributes) {
		throw refuse("newAsynchronousFileChannel", path);
	}

	@Override
	public InputStream newInputStream(Path path, OpenOption... options) {
		throw refuse("newInputStream", path);
	}

	@Override
	public OutputStream newOutputStream(Path path, OpenOption... options) {
		throw refuse("newOutputStream", path);
	}

	@Override
	public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter) {
		throw refuse("newDirectoryStream", directory);
	}

	@Override
	public void createDirectory(Path directory, FileAttribute<?>... attributes) {
		throw refuse("createDirectory", directory);
	}

	@Override
	public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) {
		throw refuse("createSymbolicLink", link);
	}

	@Override
	public void createLink(Path link, Path existing) {
		throw refuse("createLink", link);
	}

	@Override
	public Path readSymbolicLink(Path link) {
		throw refuse("readSymbolicLink", link);
	}

	@Override
	public void delete(Path path) {
		throw refuse("delete", path);
	}

	@Override
	public boolean deleteIfExists(Path path) {
		throw refuse("deleteIfExists", path);
	}

	@Override
	public void copy(Path source, Path target, CopyOption... options) {
		throw refuse("copy", source);
	}

	@Override
	public void move(Path source, Path target, CopyOption... options) {
		throw refuse("move", source);
	}

	@Override
	public boolean isHidden(Path path) {
		throw refuse("isHidden", path);
	}

	@Override
	public FileStore getFileStore(Path path) {
		throw refuse("getFileStore", path);
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) {
		throw refuse("checkAccess", path);
	}

	@Override
	public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
		throw refuse("getFileAttributeView", path);
	}

	@Override
	public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
		throw refuse("readAttributes", path);
	}

	@Override
	public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
		throw refuse("readAttributes", path);
	}

	@Override
	public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
		throw refuse("setAttribute", path);
	}

}
