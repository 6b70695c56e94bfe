package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Is invoked when something happens to a document of a template, to measure it: no event
 * carries a value. Methods may be invoked by several threads at once and must return
 * soon; what they throw is ignored.
 */
public interface DocumentListener {

	/**
	 * A document was opened.
	 * @param document the document
	 */
	default void opened(AtomicDocument<?> document) {
	}

	/**
	 * A write of a document has ended.
	 * @param file the file
	 * @param changes how many changes it carried
	 * @param took from the acquired lease to the released one
	 */
	default void updated(Path file, int changes, Duration took) {
	}

	/**
	 * A change has failed, be it alone or with the write that carried it.
	 * @param file the file
	 * @param failure what its caller gets
	 */
	default void updateFailed(Path file, Throwable failure) {
	}

	/**
	 * A value has been taken over from the file.
	 * @param file the file
	 */
	default void reloaded(Path file) {
	}

	/**
	 * The file was found to be bad; once for each content.
	 * @param file the file
	 * @param problem what is wrong with it
	 */
	default void problem(Path file, DocumentProblem problem) {
	}

	/**
	 * The status has changed.
	 * @param file the file
	 * @param before the status before
	 * @param after the status now
	 */
	default void statusChanged(Path file, DocumentStatus before, DocumentStatus after) {
	}

	/**
	 * A listener of the document has thrown something.
	 * @param file the file
	 * @param failure what it has thrown
	 */
	default void listenerFailed(Path file, Throwable failure) {
	}

	/**
	 * The copy of the last valid content could not be saved; it is tried again with the
	 * next valid content.
	 * @param file the file
	 * @param cause why not
	 */
	default void lastGoodNotKept(Path file, IOException cause) {
	}

	/**
	 * A document was closed.
	 * @param document the document
	 */
	default void closed(AtomicDocument<?> document) {
	}

}
