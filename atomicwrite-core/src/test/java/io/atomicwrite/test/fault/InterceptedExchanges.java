package io.atomicwrite.test.fault;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

/**
 * Passes exchanges through the same method as all other calls, as a rename of one name to
 * the other.
 */
public final class InterceptedExchanges extends ForwardingFileOps {

	private final InterceptingFileOps files;

	/**
	 * Creates operations that intercept exchanges too.
	 * @param files intercepts all else
	 */
	public InterceptedExchanges(InterceptingFileOps files) {
		super(files);
		this.files = files;
	}

	// the check does not see that a type argument may be null
	@Override
	@SuppressWarnings("NullAway")
	public void exchange(Path one, Path other) throws IOException {
		this.files.<@Nullable Void>intercept(new FileCall(Op.RENAME, one, other), () -> {
			super.exchange(one, other);
			return null;
		});
	}

}
