package io.atomicwrite.spring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;

/**
 * The file operations of this machine, which say that everything lies on one filesystem.
 */
public final class MountedAs extends ForwardingFileOps {

	private volatile String type;

	public MountedAs(String type) {
		super(FileOps.system());
		this.type = type;
	}

	public void remount(String newType) {
		this.type = newType;
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return new Mount(canonical.getRoot(), this.type, "device", List.of("rw"));
	}

}
