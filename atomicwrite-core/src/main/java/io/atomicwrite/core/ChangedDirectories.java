package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.CapabilityGate.Grant;
import io.atomicwrite.fs.Directory;
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

	private final DirectorySyncs syncs;

	/** One or two, rarely three: a search is quicker than a map. */
	private final List<Entry> entries = new ArrayList<>(2);

	private final List<Entry> changed = new ArrayList<>(2);

	ChangedDirectories(Path target, SafetyPolicy safety, Grant grant, Undo undo, DirectorySyncs syncs) {
		this.target = target;
		this.safety = safety;
		this.grant = grant;
		this.undo = undo;
		this.syncs = syncs;
	}

	/** Makes sure that a directory can be synced. */
	void open(Directory directory) throws IOException {
		entry(directory);
	}

	private Entry entry(Directory directory) throws IOException {
		for (Entry known : this.entries) {
			if (known.directory == directory || known.directory.path().equals(directory.path())) {
				return known;
			}
		}
		Optional<DirectorySyncs.Entries> handle;
		try {
			handle = Optional.of(this.syncs.open(directory, this.undo));
		}
		catch (IOException ex) {
			tolerate(ex);
			handle = Optional.empty();
		}
		Entry entry = new Entry(directory, handle);
		this.entries.add(entry);
		return entry;
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
		Entry entry = entry(directory);
		entry.handle.ifPresent(DirectorySyncs.Entries::changed);
		if (!this.changed.contains(entry)) {
			this.changed.add(entry);
		}
	}

	/** Makes the changes so far durable, in the order in which they were made. */
	void sync() throws IOException {
		for (Entry entry : this.changed) {
			if (entry.handle.isPresent()) {
				entry.handle.get().sync();
			}
		}
		this.changed.clear();
	}

	/**
	 * Makes sure that the changes so far are durable before any later one is. Where a
	 * journal keeps the order of names, those of the target's directory need no sync of
	 * their own: that after the commit, which changes it as well, takes them along.
	 * Another directory may be on another filesystem.
	 */
	void order() throws IOException {
		this.changed.removeIf((entry) -> keepsOrder(entry.directory));
		sync();
	}

	/**
	 * Whether what a file of a directory is named is durable only with what the disk had
	 * of its content, and the sync after the commit makes both durable.
	 */
	boolean keepsOrder(Directory directory) {
		return this.grant.keepsOrder() && directory.path().equals(this.target.getParent());
	}

	/** Whether all of them could be opened, so that a sync reaches each change. */
	boolean durable() {
		for (Entry entry : this.entries) {
			if (entry.handle.isEmpty()) {
				return false;
			}
		}
		return true;
	}

	/** Fails if a path no longer leads to the directory that was opened. */
	void requireUnchanged() throws IOException {
		for (Entry entry : this.entries) {
			entry.directory.requireUnchanged();
		}
	}

	/**
	 * A directory with what syncs it.
	 *
	 * @param directory the directory
	 * @param handle what syncs it; empty where the safety policy lets one pass that can't
	 * be synced
	 */
	private record Entry(Directory directory, Optional<DirectorySyncs.Entries> handle) {
	}

}
