package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs leaked writes, warnings of the safety policy, failures that a property can
 * prevent, and lock files that could not be deleted.
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
	 * Logs a warning about writes to a directory once.
	 */
	void warnOnce(@Nullable Path directory, String warning) {
		String text = "Writes to " + directory + ": " + warning;
		if (this.warned.contains(text)) {
			return;
		}
		if (this.warned.size() < MAX_REMEMBERED) {
			if (this.warned.add(text)) {
				logger.warn(text + " (logged once per directory)");
			}
		}
		else if (this.full.compareAndSet(false, true)) {
			// a warning that is not remembered would be logged for every write
			logger.warn(text + " (further warnings are not logged, after " + MAX_REMEMBERED + " different ones)");
		}
	}

	/**
	 * The caller has the exception, which words the remedy by the API; whoever configures
	 * the application needs the property.
	 */
	@Override
	public void failed(WriteAttempt attempt, Throwable failure) {
		if (failure instanceof AtomicWriteException ex) {
			RemedyProperties.of(ex.problem().remedy())
				.ifPresent((remedy) -> warnOnce(ex.target().getParent(), ex.problem().summary() + ". " + remedy));
		}
	}

	@Override
	public void leftOver(Path target, IOException cause) {
		warnOnce(target.getParent(), "lock files can't be deleted and remain: " + IoErrors.text(cause));
	}

	@Override
	public void leaked(Path target) {
		logger.warn("A write to " + target + " was neither committed nor closed, and was discarded. "
				+ "Close every StagedWrite, preferably with try-with-resources.");
	}

}
