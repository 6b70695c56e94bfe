/**
 * The only access to the operating system. {@link io.atomicwrite.fs.FileOps} declares
 * every file operation of the engine, {@link io.atomicwrite.fs.FileOps#system()} returns
 * the implementation for the running JVM, and {@link io.atomicwrite.fs.ForwardingFileOps}
 * is the base class for decorators. No other package touches a file, so a test that
 * replaces {@code FileOps} sees, fails or simulates every call.
 */
@NullMarked
package io.atomicwrite.fs;

import org.jspecify.annotations.NullMarked;
