/**
 * Notices what others do to a file, and reports it once the file has settled.
 * {@link io.atomicwrite.watch.FileWatcher} watches files,
 * {@link io.atomicwrite.watch.FileWatch} is one of them, and a
 * {@link io.atomicwrite.watch.Look} is what a listener gets: the content of the file, or
 * the reason why there is none. Knows nothing of formats, values or writes.
 */
@NullMarked
package io.atomicwrite.watch;

import org.jspecify.annotations.NullMarked;
