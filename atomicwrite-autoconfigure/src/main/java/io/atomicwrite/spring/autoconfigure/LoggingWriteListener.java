package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.core.WriteListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs writes that their callers forgot, and the warnings of the safety policy.
 */
final class LoggingWriteListener implements WriteListener {

	private static final Log logger = LogFactory.getLog(LoggingWriteListener.class);

	private static final int MAX_REMEMBERED = 1000;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	@Override
	public void warned(Path target, String warning) {
		Path directory = target.getParent();
		if (isFirst(directory + ": " + warning)) {
			logger.warn("Writes to " + directory + ": " + warning + " (logged once for the directory)");
		}
	}

	private boolean isFirst(String warning) {
		if (this.warned.size() >= MAX_REMEMBERED) {
			this.warned.clear();
		}
		return this.warned.add(warning);
	}

	@Override
	public void leaked(Path target) {
		logger.warn("A write to " + target + " was neither committed nor closed; it was discarded. "
				+ "Close every StagedWrite, best by try-with-resources.");
	}

}
