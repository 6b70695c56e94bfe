package io.atomicwrite.test.fault;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

/**
 * Records every call in the order in which they begin.
 */
public final class RecordingFileOps extends InterceptingFileOps {

	private final List<FileCall> calls = new CopyOnWriteArrayList<>();

	/**
	 * Creates operations that record and otherwise do what others do.
	 * @param delegate the others
	 */
	public RecordingFileOps(FileOps delegate) {
		super(delegate);
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		this.calls.add(call);
		return action.run();
	}

	/**
	 * Returns the calls so far.
	 * @return the calls in order
	 */
	public List<FileCall> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * Returns the calls so far that change something or make a change durable.
	 * @return what was called, in order
	 */
	public List<Op> changes() {
		return this.calls.stream().map(FileCall::op).filter(Op::changing).toList();
	}

	/**
	 * Forgets the calls so far.
	 */
	public void clear() {
		this.calls.clear();
	}

}
