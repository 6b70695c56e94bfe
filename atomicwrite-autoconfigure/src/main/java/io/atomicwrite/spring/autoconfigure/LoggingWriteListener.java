package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.core.WriteListener;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs writes that their callers forgot, the warnings of the safety policy, and lock
 * files that could not be deleted.
 */
final class LoggingWriteListener implements WriteListener, LockListener {

	private static final Log logger = LogFactory.getLog(LoggingWriteListener.class);

	private static final int MAX_REMEMBERED = 1000;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean full = new AtomicBoolean();

	@Override
	public void warned(Path target, String warning) {
		warnOnce(target.getParent(), warning);
	}

	/**
	 * Logs a warning about writes to a directory, unless that was done before.
	 */
	void warnOnce(@Nullable Path directory, String warning) {
		String text = "Writes to " + directory + ": " + warning;
		if (this.warned.contains(text)) {
			return;
		}
		if (this.warned.size() < MAX_REMEMBERED) {
			if (this.warned.add(text)) {
				logger.warn(text + " (logged once for the directory)");
			}
		}
		else if (this.full.compareAndSet(false, true)) {
			// what is not remembered would be logged again by each write
			logger.warn(text + " (the last one that is logged: there were " + MAX_REMEMBERED + " others)");
		}
	}

	@Override
	public void leftOver(Path target, IOException cause) {
		warnOnce(target.getParent(), "lock files can't be deleted and are left over: " + IoErrors.text(cause));
	}

	@Override
	public void leaked(Path target) {
		logger.warn("A write to " + target + " was neither committed nor closed; it was discarded. "
				+ "Close every StagedWrite, best by try-with-resources.");
	}

}
