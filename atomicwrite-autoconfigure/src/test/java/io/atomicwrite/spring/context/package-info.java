/**
 * The starter in contexts of other people: with several beans of a kind, with telemetry
 * that uses the template, lazy, in scopes, beside a parent.
 */
@NullMarked
package io.atomicwrite.spring.context;

import org.jspecify.annotations.NullMarked;
