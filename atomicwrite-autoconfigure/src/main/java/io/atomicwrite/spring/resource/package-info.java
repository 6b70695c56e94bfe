/**
 * Files in managed directories as Spring's resources,
 * {@code atomicfile:settings/app.json}.
 */
@NullMarked
package io.atomicwrite.spring.resource;

import org.jspecify.annotations.NullMarked;
