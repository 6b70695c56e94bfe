package io.atomicwrite.test;

import java.io.IOException;
import java.util.function.Predicate;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * Does something once, just before or just after a chosen call: what another process may
 * do between two looks, at the moment that matters and not by luck.
 */
public final class HookedFileOps extends InterceptingFileOps {

	private Predicate<FileCall> calls = (call) -> false;

	private Hook hook = () -> {
	};

	private boolean afterwards;

	private int left;

	/**
	 * Creates operations with no hook.
	 * @param delegate does the calls
	 */
	public HookedFileOps(FileOps delegate) {
		super(delegate);
	}

	/**
	 * Sets what is done before a call.
	 * @param chosen which calls
	 * @param number the first of them before which it is done, counted from 1
	 * @param action what is done, once
	 */
	public void before(Predicate<FileCall> chosen, int number, Hook action) {
		set(chosen, number, action, false);
	}

	/**
	 * Sets what is done after a call, before its caller has the answer.
	 * @param chosen which calls
	 * @param number the first of them after which it is done, counted from 1
	 * @param action what is done, once
	 */
	public void after(Predicate<FileCall> chosen, int number, Hook action) {
		set(chosen, number, action, true);
	}

	private synchronized void set(Predicate<FileCall> chosen, int number, Hook action, boolean after) {
		this.calls = chosen;
		this.left = number;
		this.hook = action;
		this.afterwards = after;
	}

	/**
	 * Returns whether the hook was run: a test whose moment never came shows nothing.
	 * @return whether it was
	 */
	public synchronized boolean ran() {
		return this.left == 0;
	}

	private synchronized boolean isDue(FileCall call) {
		return this.left > 0 && this.calls.test(call) && --this.left == 0;
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		boolean due = isDue(call);
		if (due && !this.afterwards) {
			this.hook.run();
		}
		T result = action.run();
		if (due && this.afterwards) {
			this.hook.run();
		}
		return result;
	}

	/**
	 * What is done at the moment.
	 */
	@FunctionalInterface
	public interface Hook {

		/**
		 * Does it.
		 * @throws IOException if it can't be done, which fails the call
		 */
		void run() throws IOException;

	}

}
