package io.atomicwrite.test;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;

/**
 * Tells that every path lies on a mount of the test's choice, and otherwise does what the
 * real operations do.
 */
public final class PretendedMount extends ForwardingFileOps {

	private final String type;

	private final List<String> options;

	/**
	 * Creates operations on a pretended mount at the root directory.
	 * @param delegate the real operations
	 * @param type the type of filesystem to pretend
	 * @param options the mount options to pretend
	 */
	public PretendedMount(FileOps delegate, String type, String... options) {
		super(delegate);
		this.type = type;
		this.options = List.of(options);
	}

	@Override
	public Mount mount(Path canonical) {
		return new Mount(Path.of("/"), this.type, "pretended", this.options);
	}

	@Override
	public boolean isMountPoint(Path canonical) {
		return false;
	}

}
