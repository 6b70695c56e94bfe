package io.atomicwrite.document;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.isolation.DaemonCalls;

/**
 * The threads of all documents of a template: none while nothing is to be done, and all
 * of them daemons, so that a listener that hangs delays no shutdown. Thread-safe.
 */
final class DaemonThreads implements Executor {

	private static final long IDLE_SECONDS = 2;

	private final ThreadPoolExecutor now = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
			new SynchronousQueue<>(), DaemonThreads::thread);

	private final ScheduledThreadPoolExecutor later;

	DaemonThreads() {
		this.later = new ScheduledThreadPoolExecutor(1, DaemonThreads::thread);
		this.later.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.later.allowCoreThreadTimeOut(true);
		this.later.setRemoveOnCancelPolicy(true);
	}

	private static Thread thread(Runnable task) {
		return DaemonCalls.thread("atomicwrite-document", task);
	}

	@Override
	public void execute(Runnable task) {
		this.now.execute(task);
	}

	/** Runs a task after a delay, one such task at a time. */
	void executeLater(Runnable task, long delayMillis) {
		this.later.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
	}

}
