package io.atomicwrite.test.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;

/**
 * The fault of one run of a {@link FaultTest}. For one thread; the calls of other threads
 * that the code starts count and fail as well.
 */
public final class Fault {

	private final FaultPlan plan;

	private final int number;

	private final FaultError error;

	private final RecordingFileOps calls = new RecordingFileOps(FileOps.system());

	private final FaultyFileOps files = new FaultyFileOps(this.calls);

	private boolean used;

	/** A run without a fault has the number 0. */
	Fault(FaultPlan plan, int number, FaultError error) {
		this.plan = plan;
		this.number = number;
		this.error = error;
	}

	/**
	 * Runs code, and lets one of its calls fail. A test calls this once; what it does
	 * before and afterwards does not fail.
	 * @param code the code, which may report the failure in any way
	 * @return what the code threw; empty if it returned
	 */
	public Optional<Throwable> during(Code code) {
		if (this.used) {
			throw new IllegalStateException("during(...) was called before: a test has one fault");
		}
		this.used = true;
		this.calls.clear();
		if (this.number > 0) {
			this.files.fail((call) -> call.op().changing(), this.number, this.error.exception());
		}
		try {
			code.run();
			return Optional.empty();
		}
		catch (VirtualMachineError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			return Optional.of(ex);
		}
		finally {
			this.files.heal();
			if (this.number == 0) {
				List<FileCall> changes = new ArrayList<>(this.calls.calls());
				changes.removeIf((call) -> !call.op().changing());
				this.plan.found(changes);
			}
		}
	}

	/**
	 * Returns whether the fault has happened: not in the run without one, and not if the
	 * code made fewer calls than in that run.
	 * @return whether a call has failed
	 */
	public boolean happened() {
		return this.number > 0 && this.used && this.files.hit();
	}

	/**
	 * Returns the file operations in which the fault happens, for components of the
	 * engine that are built with them.
	 * @return the file operations
	 */
	public FileOps fileOps() {
		return this.files;
	}

	void requireUsed() {
		if (!this.used) {
			throw new AssertionError("nothing could fail: call the code by fault.during(...)");
		}
	}

	@Override
	public String toString() {
		return (this.number == 0) ? "no fault" : this.plan.call(this.number) + " fails: " + this.error.text();
	}

	/**
	 * Code that may fail.
	 */
	@FunctionalInterface
	public interface Code {

		/**
		 * Runs the code.
		 * @throws Exception if it fails
		 */
		void run() throws Exception;

	}

}
