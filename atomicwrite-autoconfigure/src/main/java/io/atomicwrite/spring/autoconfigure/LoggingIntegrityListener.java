package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs files that do not verify, and backups that were read in the place of their files:
 * once for each file until it is written, restored or accepted.
 */
final class LoggingIntegrityListener implements WriteListener {

	private static final Log logger = LogFactory.getLog(LoggingIntegrityListener.class);

	private static final int MAX_REMEMBERED = 1000;

	private final Set<Path> damaged = ConcurrentHashMap.newKeySet();

	private final Set<Path> replaced = ConcurrentHashMap.newKeySet();

	@Override
	public void checksumFailed(Path file) {
		if (isNew(this.damaged, file)) {
			logger.warn("The file " + file + " does not have the checksum that was written with it: it was damaged, or "
					+ "edited by hand. Restore a backup, or accept the edit by 'atomic-write accept " + file
					+ "' or accept(file) of the AtomicFileTemplate (logged once until the file is written)");
		}
	}

	@Override
	public void fellBack(Path file, Path backup, AtomicWriteException reason) {
		if (isNew(this.replaced, file)) {
			logger.warn("The backup " + backup + " was read in the place of " + file + ": " + reason.problem().summary()
					+ ". Restore the backup, or correct the file " + "(logged once until the file is written)");
		}
	}

	@Override
	public void readVerified(Path file) {
		forget(file);
	}

	private static boolean isNew(Set<Path> known, Path file) {
		return known.size() < MAX_REMEMBERED && known.add(file);
	}

	@Override
	public void completed(WriteAttempt attempt, WriteResult result) {
		forget(attempt.target());
		forget(result.target());
	}

	private void forget(Path file) {
		this.damaged.remove(file);
		this.replaced.remove(file);
	}

}
