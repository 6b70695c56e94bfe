package io.atomicwrite.fs;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Events of directories whose names change or lead to changed files. They are hints: the
 * operating system reports nothing of changes on other machines, below a layer or
 * elsewhere than under the registered directory, and may drop events. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public interface DirectoryEvents extends AutoCloseable {

	/**
	 * Registers a directory. One that is registered already keeps its key, whichever path
	 * leads to it.
	 * @param directory the directory
	 * @return its key
	 * @throws IOException if it is missing, or if the operating system refuses one more
	 */
	Key register(Path directory) throws IOException;

	/**
	 * Waits for an event.
	 * @param limit the longest time to wait
	 * @return the next event, or {@code null} if none came
	 * @throws InterruptedException if the thread is interrupted
	 * @throws IOException if there will be no more events
	 */
	@Nullable Event next(Duration limit) throws InterruptedException, IOException;

	/**
	 * Ends all registrations and frees what they use.
	 * @throws IOException if that fails
	 */
	@Override
	void close() throws IOException;

	/**
	 * A registered directory. Equal keys are those of one directory.
	 */
	interface Key {

		/**
		 * Returns whether events still come: not after the directory was deleted or the
		 * key was cancelled. A directory that was renamed keeps a valid key.
		 * @return whether they do
		 */
		boolean isValid();

		/**
		 * Ends the registration.
		 */
		void cancel();

	}

	/**
	 * Something has happened in a directory.
	 *
	 * @param key the directory; its key may be invalid by now
	 * @param names the names that are concerned
	 * @param overflow whether events were dropped, so that any name may be concerned
	 */
	record Event(Key key, Set<String> names, boolean overflow) {

		/**
		 * Creates an event.
		 * @param key the directory
		 * @param names the names that are concerned
		 * @param overflow whether events were dropped
		 */
		public Event {
			names = Set.copyOf(names);
		}

	}

}
