package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.lock.LockListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs leaked writes, warnings, what is lost with a replaced file, failures that a
 * property can prevent, and lock files that could not be deleted.
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

	@Override
	public void warnedOfMount(Path target, Filesystem filesystem, String warning) {
		warnOnce(filesystem.mountPoint(), warning);
	}

	/**
	 * Logs a warning about writes to a directory, or to all directories of a mount, once.
	 */
	void warnOnce(@Nullable Path directory, String warning) {
		String text = "Writes to " + directory + ": " + warning;
		logOnce(text, text, " (logged once per directory)");
	}

	private void logOnce(String text, String key, String note) {
		if (this.warned.contains(key)) {
			return;
		}
		if (this.warned.size() < MAX_REMEMBERED) {
			if (this.warned.add(key)) {
				logger.warn(text + note);
			}
		}
		else if (this.full.compareAndSet(false, true)) {
			// a warning that is not remembered would be logged for every write
			logger.warn(text + " (further warnings are not logged, after " + MAX_REMEMBERED + " different ones)");
		}
	}

	/** Once for each target and each loss: what is lost is the same with every write. */
	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		if (!result.metadata().notCarried().isEmpty()) {
			String lost = result.metadata()
				.notCarried()
				.entrySet()
				.stream()
				.map((entry) -> entry.getKey().text() + " (" + entry.getValue() + ")")
				.collect(Collectors.joining(", "));
			logOnce("The file that replaced " + result.target() + " does not have its " + lost,
					result.target() + " " + result.metadata().notCarried().keySet(), " (logged once per file)");
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
