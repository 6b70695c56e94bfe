package io.atomicwrite.spring.resource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/** What resources under {@code atomicfile:} have in common. */
abstract sealed class AbstractAtomicFileResource extends AbstractResource
		permits AtomicFileResource, PublishedFileResource {

	/** Returns what follows {@code atomicfile:}. */
	abstract String location();

	/** Returns the path that a relative path is applied to. */
	abstract Path base();

	/** Returns the attributes of the file, null where there is none. */
	abstract @Nullable FileStat look() throws IOException;

	/**
	 * Returns the resource of another file beside this one.
	 * @throws IllegalArgumentException if the path leads out
	 */
	abstract Resource at(Path path);

	@Override
	public boolean isReadable() {
		return exists();
	}

	@Override
	public boolean isFile() {
		return false;
	}

	@Override
	public long contentLength() throws IOException {
		return stat().size();
	}

	@Override
	public long lastModified() throws IOException {
		return stat().modified().toEpochMilli();
	}

	FileStat stat() throws IOException {
		FileStat stat = look();
		if (stat == null) {
			throw new FileNotFoundException(getDescription() + " does not exist");
		}
		return stat;
	}

	@Override
	public Resource createRelative(String relativePath) throws IOException {
		Path relative = Path.of(StringUtils.applyRelativePath(base().toString(), relativePath)).normalize();
		try {
			return at(relative);
		}
		catch (IllegalArgumentException ex) {
			throw (IOException) new FileNotFoundException(ex.getMessage()).initCause(ex);
		}
	}

	@Override
	public URI getURI() throws IOException {
		try {
			return new URI("atomicfile", location(), null);
		}
		catch (URISyntaxException ex) {
			throw new IOException(getDescription() + " has no URI", ex);
		}
	}

	@Override
	public String getFilename() {
		return String.valueOf(base().getFileName());
	}

}
