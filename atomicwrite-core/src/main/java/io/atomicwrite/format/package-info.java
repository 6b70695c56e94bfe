/**
 * Encoding values as the content of a file, and decoding them.
 * {@link io.atomicwrite.format.Format} is the interface of one format, and
 * {@link io.atomicwrite.format.Formats} selects the format by the extension of the file.
 * {@link io.atomicwrite.format.EditableFormat} changes a value in a file and leaves the
 * rest of its text alone.
 *
 * <p>
 * <b>To add a format</b>, such as XML, implement {@link io.atomicwrite.format.Format} for
 * its extensions. A format based on an optional library belongs in a subpackage, like
 * {@link io.atomicwrite.format.jackson}, so that the library stays optional. Pass the
 * format to the template's builder; it takes precedence over a built-in format for the
 * same extension.
 */
@NullMarked
package io.atomicwrite.format;

import org.jspecify.annotations.NullMarked;
