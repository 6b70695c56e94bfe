package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.document.DocumentProblem;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.fs.IoErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs what is wrong with the files of documents, once for each content and never with a
 * value, and when they are right again.
 */
final class LoggingDocumentListener implements DocumentListener {

	private static final Log logger = LogFactory.getLog(LoggingDocumentListener.class);

	private static final Set<DocumentStatus> BAD = EnumSet.of(DocumentStatus.INVALID, DocumentStatus.MISSING,
			DocumentStatus.TOO_NEW);

	@Override
	public void problem(Path file, DocumentProblem problem) {
		logger
			.warn("The document " + file + " can't be used as it is, and changes of it fail: " + problem.description());
	}

	@Override
	public void statusChanged(Path file, DocumentStatus before, DocumentStatus after) {
		if (after == DocumentStatus.MISSING) {
			logger.warn("The document " + file + " is missing; its last valid value stays in use");
		}
		else if (BAD.contains(before) && !BAD.contains(after) && after != DocumentStatus.CLOSED) {
			logger.info("The document " + file + " is valid again");
		}
	}

	@Override
	public void listenerFailed(Path file, Throwable failure) {
		logger.warn("A listener of the document " + file + " has failed", failure);
	}

	@Override
	public void lastGoodNotKept(Path file, IOException cause) {
		logger.warn(
				"The last valid content of the document " + file + " can't be kept beside it: " + IoErrors.text(cause));
	}

}
