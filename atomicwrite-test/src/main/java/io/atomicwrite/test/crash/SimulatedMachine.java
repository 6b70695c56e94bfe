package io.atomicwrite.test.crash;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;

/**
 * A machine whose disk is in memory, for code that is tested by a
 * {@link CrashSimulation}. Its filesystem is a local one, with all guarantees; no process
 * but the code that is tested uses it. For any number of threads, but the calls of a run
 * can be repeated only if their order does not depend on the scheduler.
 */
public final class SimulatedMachine {

	private final AtomicFileTemplate files;

	private final FileOps fileOps;

	private final Path directory;

	private final GuardedFileOps disk;

	private final List<String> acknowledged;

	SimulatedMachine(AtomicFileTemplate files, FileOps fileOps, Path directory, GuardedFileOps disk,
			List<String> acknowledged) {
		this.files = files;
		this.fileOps = fileOps;
		this.directory = directory;
		this.disk = disk;
		this.acknowledged = List.copyOf(acknowledged);
	}

	/**
	 * Returns the template with which the code reads and writes. It opens documents and
	 * publications too. The simulation closes it.
	 * @return the template of this machine
	 */
	public AtomicFileTemplate files() {
		return this.files;
	}

	/**
	 * Returns the directory in which the code may create its files, empty at first. Its
	 * paths can be computed with as any others. A call of {@link java.nio.file.Files}
	 * with one of them fails, and the verdict is {@link CrashVerdict#NOT_MEASURED}.
	 * @return the absolute path of the directory
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns the file operations of this machine, for code that follows a protocol of
	 * its own, and for components of the engine that are built with them.
	 * @return the file operations
	 */
	public FileOps fileOps() {
		return this.fileOps;
	}

	/**
	 * Notes that the code has promised something to somebody, such as by returning from
	 * {@code save}. A power cut from here on must not break the promise.
	 * @param what what was promised, such as the saved value
	 */
	public void acknowledge(String what) {
		this.disk.acknowledge(what);
	}

	/**
	 * Returns what was acknowledged before the power cut.
	 * @return what was passed to {@link #acknowledge}, in order; empty on a machine that
	 * starts for the first time
	 */
	public List<String> acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Returns whether something was acknowledged before the power cut.
	 * @param what what was passed to {@link #acknowledge}
	 * @return whether it was
	 */
	public boolean isAcknowledged(String what) {
		return this.acknowledged.contains(what);
	}

}
