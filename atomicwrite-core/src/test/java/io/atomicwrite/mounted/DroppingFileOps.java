package io.atomicwrite.mounted;

import java.io.IOException;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * Reports success for calls of one kind and does nothing: a protocol with a hole.
 */
final class DroppingFileOps extends InterceptingFileOps {

	private final Op dropped;

	DroppingFileOps(FileOps delegate, Op dropped) {
		super(delegate);
		this.dropped = dropped;
	}

	@Override
	@SuppressWarnings("NullAway")
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		return (call.op() != this.dropped) ? action.run() : null;
	}

	@Override
	public String toString() {
		return "without " + this.dropped;
	}

}
