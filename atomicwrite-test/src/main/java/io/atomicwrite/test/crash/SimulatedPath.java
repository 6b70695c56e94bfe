package io.atomicwrite.test.crash;

import java.io.File;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

import org.jspecify.annotations.Nullable;

/**
 * A path on a simulated machine. The engine works with it as with any other; a call of
 * {@link java.nio.file.Files} that uses it reaches {@link SimulatedProvider}.
 */
final class SimulatedPath implements Path {

	private final SimulatedFileSystem system;

	private final Path text;

	SimulatedPath(SimulatedFileSystem system, Path text) {
		this.system = system;
		this.text = text;
	}

	/** Returns a path of the default filesystem with the same text. */
	static Path plain(Path path) {
		return (path instanceof SimulatedPath simulated) ? simulated.text : path;
	}

	private Path of(Path path) {
		return new SimulatedPath(this.system, path);
	}

	private @Nullable Path orNull(@Nullable Path path) {
		return (path != null) ? of(path) : null;
	}

	@Override
	public FileSystem getFileSystem() {
		return this.system;
	}

	@Override
	public boolean isAbsolute() {
		return this.text.isAbsolute();
	}

	@Override
	public @Nullable Path getRoot() {
		return orNull(this.text.getRoot());
	}

	@Override
	public @Nullable Path getFileName() {
		return orNull(this.text.getFileName());
	}

	@Override
	public @Nullable Path getParent() {
		return orNull(this.text.getParent());
	}

	@Override
	public int getNameCount() {
		return this.text.getNameCount();
	}

	@Override
	public Path getName(int index) {
		return of(this.text.getName(index));
	}

	@Override
	public Path subpath(int begin, int end) {
		return of(this.text.subpath(begin, end));
	}

	@Override
	public boolean startsWith(Path other) {
		return this.text.startsWith(plain(other));
	}

	@Override
	public boolean endsWith(Path other) {
		return this.text.endsWith(plain(other));
	}

	@Override
	public Path normalize() {
		return of(this.text.normalize());
	}

	@Override
	public Path resolve(Path other) {
		return of(this.text.resolve(plain(other)));
	}

	@Override
	public Path relativize(Path other) {
		return of(this.text.relativize(plain(other)));
	}

	@Override
	public URI toUri() {
		return URI.create(SimulatedProvider.SCHEME + "://" + this.text.toUri().getRawPath());
	}

	@Override
	public Path toAbsolutePath() {
		return isAbsolute() ? this : of(this.text.toAbsolutePath());
	}

	@Override
	public Path toRealPath(LinkOption... options) {
		throw this.system.bypasses().refuse("toRealPath", this);
	}

	@Override
	public File toFile() {
		throw this.system.bypasses().refuse("toFile", this);
	}

	@Override
	public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
		throw this.system.bypasses().refuse("register", this);
	}

	@Override
	public int compareTo(Path other) {
		return this.text.compareTo(plain(other));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SimulatedPath path && this.system == path.system && this.text.equals(path.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
