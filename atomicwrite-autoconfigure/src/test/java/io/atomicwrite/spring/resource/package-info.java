/**
 * Resources in managed directories.
 */
package io.atomicwrite.spring.resource;
