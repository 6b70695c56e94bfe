package io.atomicwrite.spring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of this machine, which say that everything lies on one filesystem,
 * or on an overlay over one.
 */
public final class MountedAs extends ForwardingFileOps {

	private volatile String type;

	private volatile List<String> options = List.of("rw");

	private volatile @Nullable Path upper;

	public MountedAs(String type) {
		super(FileOps.system());
		this.type = type;
	}

	public void remount(String newType, String... newOptions) {
		this.type = newType;
		this.options = (newOptions.length > 0) ? List.of(newOptions) : List.of("rw");
		this.upper = null;
	}

	/**
	 * Says that all but the upper layer lies on an overlay.
	 * @param upperDirectory the upper layer, which exists
	 * @param upperType the type of filesystem on which it lies
	 */
	public void overlay(Path upperDirectory, String upperType) {
		this.type = upperType;
		this.upper = upperDirectory;
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		Path layer = this.upper;
		if (layer == null || canonical.startsWith(layer)) {
			return new Mount(canonical.getRoot(), this.type, "device", this.options);
		}
		return new Mount(canonical.getRoot(), "overlay", "overlay", List.of("rw", "upperdir=" + layer));
	}

}
