/**
 * Tests in which system calls fail below a real JVM.
 */
@NullMarked
package io.atomicwrite.syscall;

import org.jspecify.annotations.NullMarked;
