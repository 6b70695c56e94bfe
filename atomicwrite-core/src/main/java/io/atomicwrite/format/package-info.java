/**
 * Encoding values as the content of a file, and decoding them.
 * {@link io.atomicwrite.format.Format} is the interface of one format, and
 * {@link io.atomicwrite.format.Formats} selects the format by the extension of the file.
 *
 * <p>
 * <b>To add a format</b>, such as YAML, implement {@link io.atomicwrite.format.Format}
 * for its extensions. A format based on an optional library belongs in a subpackage, like
 * {@link io.atomicwrite.format.jackson}, so that the library stays optional. Pass the
 * format to the template's builder; it takes precedence over a built-in format for the
 * same extension.
 */
@NullMarked
package io.atomicwrite.format;

import org.jspecify.annotations.NullMarked;
