/**
 * Documents behind interfaces of Spring Integration.
 */
@NullMarked
package io.atomicwrite.spring.integration;

import org.jspecify.annotations.NullMarked;
