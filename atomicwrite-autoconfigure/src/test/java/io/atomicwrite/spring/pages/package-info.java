/**
 * The pages of the documentation about documents and imported files, run.
 */
package io.atomicwrite.spring.pages;
