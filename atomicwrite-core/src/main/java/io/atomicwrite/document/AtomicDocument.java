package io.atomicwrite.document;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Version;

/**
 * A value that lives in a file: read from memory, changed durably, and reloaded when
 * someone else edits the file. A bad edit never replaces the value. Thread-safe.
 *
 * <pre class="code">
 * AtomicDocument&lt;Settings&gt; settings = template.document(path, Settings.class);
 * int limit = settings.current().limit();
 * settings.update((old) -&gt; old.withLimit(limit + 1));
 * </pre>
 *
 * <p>
 * There is one document for a file and template. It reads its file when it is opened, and
 * so {@link #current()} always has a value. Values must not be changed by those who get
 * them.
 *
 * <p>
 * Changes that wait at the same time are carried by one write. The function of an update
 * may so run in the thread of another caller: it must depend on its argument alone, and
 * not take locks that its caller holds. Failures of changes are
 * {@link io.atomicwrite.AtomicWriteException}s whose outcome says what became visible;
 * those of a write reach every caller whose change it carried.
 *
 * @param <T> the type of the value
 */
public interface AtomicDocument<T> extends AutoCloseable {

	/**
	 * Returns the file.
	 * @return its path, absolute
	 */
	Path path();

	/**
	 * Returns the value. Reads one field and no file.
	 * @return the value, never {@code null}
	 */
	T current();

	/**
	 * Returns the value, its version and where it comes from. Reads no file.
	 * @return the snapshot
	 */
	Snapshot<T> snapshot();

	/**
	 * Returns how the document stands to its file. Reads no file.
	 * @return the status
	 */
	default DocumentStatus status() {
		return state().status();
	}

	/**
	 * Returns how the document stands to its file, since when, and what is wrong with the
	 * file. Reads no file.
	 * @return the state
	 */
	DocumentState state();

	/**
	 * Changes the value: reads the file again under its lease unless it is known to be
	 * unchanged, applies the change, validates, and writes. Returns once the change is
	 * durable. If someone changes the file meanwhile without a lease, as an editor does,
	 * the change is applied again to what the file then holds, so the function may be
	 * called several times.
	 * @param change returns the new value and does not change the old one; the same value
	 * writes nothing
	 * @return what the change has returned; other changes may have followed it in the
	 * same write
	 * @throws io.atomicwrite.FormatException if the file is invalid, or of a newer
	 * schema; nothing was changed
	 * @throws io.atomicwrite.VersionConflictException if the file was changed each time
	 * before it could be replaced
	 * @throws io.atomicwrite.LockNotAcquiredException if the lease could not be acquired
	 * in time or the thread was interrupted
	 * @throws io.atomicwrite.AtomicWriteException if the write failed
	 * @throws IllegalStateException if the document is read-only or closed, the calling
	 * thread is in a change of the same file, or the change has modified the old value
	 */
	T update(UnaryOperator<T> change);

	/**
	 * Changes the value, as {@link #update} does, without waiting for it. The change runs
	 * in the executor of the options, or else in a daemon thread.
	 * @param change returns the new value
	 * @return completes once the change is durable, or with what {@link #update} throws
	 */
	CompletionStage<T> updateAsync(UnaryOperator<T> change);

	/**
	 * Replaces the value, whatever it is, if it was not changed since. What a file that
	 * is invalid holds is copied aside first.
	 * @param value the new value
	 * @param expected the version that the new value was derived from, as
	 * {@link #snapshot()} had it
	 * @return the snapshot with the new value
	 * @throws io.atomicwrite.VersionConflictException if the value has another version;
	 * nothing was changed
	 * @throws io.atomicwrite.AtomicWriteException if the write failed
	 */
	Snapshot<T> replace(T value, Version expected);

	/**
	 * Returns what a change would do, and does nothing.
	 * @param change returns the new value
	 * @return the value before and after it, and the difference with secrets masked
	 * @throws io.atomicwrite.FormatException if the new value is invalid
	 */
	Change<T> preview(UnaryOperator<T> change);

	/**
	 * Reads the file now. An invalid file leaves the value as it is.
	 * @return the snapshot then
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 */
	Snapshot<T> reload();

	/**
	 * Makes a backup of the file its content again, if that is valid.
	 * @param backup a generation of the file
	 * @return the snapshot with the restored value
	 * @throws io.atomicwrite.FormatException if the backup holds no valid value; nothing
	 * was changed
	 */
	Snapshot<T> restore(Backup backup);

	/**
	 * Makes a file that is invalid or missing valid again. What it holds is copied aside
	 * first.
	 * @param recovery where the new content comes from
	 * @return the snapshot with the recovered value
	 * @throws IllegalStateException if the file is valid, or there is nothing to recover
	 * from; nothing was changed
	 */
	Snapshot<T> recover(Recovery recovery);

	/**
	 * Adds a listener of changes. The listeners of a document are invoked one after the
	 * other, in the order of the changes, in a thread that holds no lease: the executor
	 * of the options, or else a daemon thread. Changes by others that follow each other
	 * before the listener is invoked are passed on as one. What a listener throws is
	 * ignored.
	 * @param listener the listener
	 * @return removes the listener when it is closed
	 */
	Registration onChange(ChangeListener<? super T> listener);

	/**
	 * Adds a listener of problems; it is invoked once for each content that is bad, in
	 * the same thread as listeners of changes.
	 * @param listener the listener
	 * @return removes the listener when it is closed
	 */
	Registration onProblem(Consumer<? super DocumentProblem> listener);

	/**
	 * Waits until every change that was queued before has been written or has failed.
	 * @throws io.atomicwrite.LockNotAcquiredException if the thread was interrupted
	 */
	void flush();

	/**
	 * Finishes what is queued and stops following the file. The last value stays. Closing
	 * the template closes its documents. Does nothing if it is closed.
	 */
	@Override
	void close();

	/**
	 * Where the content of a file comes from that is made valid again.
	 */
	enum Recovery {

		/** The copy of the last valid content. */
		LAST_GOOD,

		/** The defaults. */
		DEFAULTS

	}

	/**
	 * Is invoked after the value has changed.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	interface ChangeListener<T> {

		/**
		 * The value has changed.
		 * @param before what the document served before
		 * @param after what it serves from now on
		 */
		void changed(Snapshot<? extends T> before, Snapshot<? extends T> after);

	}

	/**
	 * A listener that was added.
	 */
	@FunctionalInterface
	interface Registration extends AutoCloseable {

		/**
		 * Removes the listener. Does nothing if it is removed.
		 */
		@Override
		void close();

	}

}
