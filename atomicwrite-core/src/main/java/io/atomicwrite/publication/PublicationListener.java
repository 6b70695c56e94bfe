package io.atomicwrite.publication;

/**
 * A listener for the events of publications. Methods are invoked in the thread that
 * publishes, rolls back or sweeps, by several threads at once, and must return soon; what
 * they throw is ignored.
 */
public interface PublicationListener {

	/**
	 * {@code latest} was moved, durably where the filesystem keeps that.
	 * @param move from where and to where
	 */
	default void moved(PublicationMove move) {
	}

	/**
	 * A version was not published.
	 * @param publication the name of the publication
	 * @param failure what the caller gets
	 */
	default void failed(String publication, Throwable failure) {
	}

	/**
	 * Versions were swept.
	 * @param publication the name of the publication
	 * @param report what was removed
	 */
	default void swept(String publication, VersionSweepReport report) {
	}

}
