package io.atomicwrite.test.crash;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/**
 * What the JDK takes the simulated machine for: a filesystem whose paths can be computed
 * with, and none of whose files can be touched.
 */
final class SimulatedFileSystem extends FileSystem {

	private final Bypasses bypasses;

	private final SimulatedProvider provider;

	SimulatedFileSystem(Bypasses bypasses) {
		this.bypasses = bypasses;
		this.provider = new SimulatedProvider(this);
	}

	Bypasses bypasses() {
		return this.bypasses;
	}

	Path path(Path text) {
		return (text instanceof SimulatedPath) ? text : new SimulatedPath(this, text);
	}

	@Override
	public FileSystemProvider provider() {
		return this.provider;
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException("a simulated filesystem is closed with its machine");
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public boolean isReadOnly() {
		return false;
	}

	@Override
	public String getSeparator() {
		return "/";
	}

	@Override
	public Iterable<Path> getRootDirectories() {
		return List.of(path(Path.of("/")));
	}

	@Override
	public Iterable<FileStore> getFileStores() {
		throw this.bypasses.refuse("getFileStores", "the filesystem");
	}

	@Override
	public Set<String> supportedFileAttributeViews() {
		return Set.of("basic");
	}

	@Override
	public Path getPath(String first, String... more) {
		return path(Path.of(first, more));
	}

	@Override
	public PathMatcher getPathMatcher(String pattern) {
		PathMatcher plain = Path.of("/").getFileSystem().getPathMatcher(pattern);
		return (path) -> plain.matches(SimulatedPath.plain(path));
	}

	@Override
	public UserPrincipalLookupService getUserPrincipalLookupService() {
		throw this.bypasses.refuse("getUserPrincipalLookupService", "the filesystem");
	}

	@Override
	public WatchService newWatchService() {
		throw this.bypasses.refuse("newWatchService", "the filesystem");
	}

}
