package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.IoErrors;

/**
 * The directories whose entries an operation changes, and the one place where they are
 * synced. What a sync needs is opened before anything is changed: a directory that can't
 * be read can't be synced either, and after the commit it would be too late to find out.
 */
final class ChangedDirectories {

	private final Path target;

	private final SafetyPolicy safety;

	private final Grant grant;

	private final Undo undo;

	/**
	 * The open ones; empty where the safety policy lets one pass that can't be synced.
	 */
	private final Map<Path, Optional<DirectoryHandle>> handles = new LinkedHashMap<>(2);

	private final Map<Path, Directory> directories = new LinkedHashMap<>(2);

	private final Set<Path> changed = new LinkedHashSet<>(2);

	ChangedDirectories(Path target, SafetyPolicy safety, Grant grant, Undo undo) {
		this.target = target;
		this.safety = safety;
		this.grant = grant;
		this.undo = undo;
	}

	/** Makes sure that a directory can be synced. */
	void open(Directory directory) throws IOException {
		if (this.handles.containsKey(directory.path())) {
			return;
		}
		this.directories.put(directory.path(), directory);
		try {
			DirectoryHandle handle = directory.openSync();
			this.undo.always(handle::close);
			this.handles.put(directory.path(), Optional.of(handle));
		}
		catch (IOException ex) {
			tolerate(ex);
			this.handles.put(directory.path(), Optional.empty());
		}
	}

	private void tolerate(IOException ex) throws IOException {
		if (!this.grant.directorySyncTrusted() || this.safety == SafetyPolicy.BEST_EFFORT) {
			return;
		}
		if (this.safety == SafetyPolicy.WARN) {
			this.grant.warnings()
				.add("its directory can't be opened to be synced (" + IoErrors.text(ex)
						+ "): what is written may not survive a crash");
			return;
		}
		if (IoErrors.classify(ex) == IoErrorKind.ACCESS_DENIED) {
			throw new CapabilityNotSupportedException(this.target, WritePhase.STAGE, Capability.DIRECTORY_SYNC,
					Problem
						.of("its directory can't be read by this user and so can't be synced",
								Remedy.PERMIT_DIRECTORY_READING)
						.causedBy(IoErrorKind.ACCESS_DENIED));
		}
		throw ex;
	}

	/** An entry of this directory was changed. */
	void changed(Directory directory) throws IOException {
		open(directory);
		this.changed.add(directory.path());
	}

	/** Makes the changes so far durable, in the order in which they were made. */
	void sync() throws IOException {
		for (Path path : this.changed) {
			Optional<DirectoryHandle> handle = this.handles.getOrDefault(path, Optional.empty());
			if (handle.isPresent()) {
				handle.get().sync();
			}
		}
		this.changed.clear();
	}

	/** Whether all of them could be opened, so that a sync reaches each change. */
	boolean durable() {
		return this.handles.values().stream().allMatch(Optional::isPresent);
	}

	/** Fails if a path no longer leads to the directory that was opened. */
	void requireUnchanged() throws IOException {
		for (Directory directory : this.directories.values()) {
			directory.requireUnchanged();
		}
	}

}
